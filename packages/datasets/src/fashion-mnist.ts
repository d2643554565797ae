import { MNIST, type MNISTResources } from "./mnist.ts";
import { resource } from "./resource.ts";

/**
 * Clothes, 28 x 28: in everything like MNIST, but harder.
 *
 * @see https://pytorch.org/vision/stable/generated/torchvision.datasets.FashionMNIST.html
 */
export class FashionMNIST extends MNIST {
  static override readonly name = "FashionMNIST";

  static override readonly mirrors = [
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
  ];

  static override readonly resources: MNISTResources = [
    resource("train-images-idx3-ubyte", 47040016, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
    resource("train-labels-idx1-ubyte", 60008, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
    resource("t10k-images-idx3-ubyte", 7840016, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
    resource("t10k-labels-idx1-ubyte", 10008, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
  ];

  static override readonly classes = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
  ];
}
