// A rejection that nobody handles stays inside its worker; an error that nobody catches reaches the page.
addEventListener("unhandledrejection", ({ reason }) => {
  setTimeout(() => {
    throw reason;
  });
});
