"""The networks of the MNIST notes."""

from torch import nn


class Net(nn.Module):
    def __init__(self, n_input, n_output, n_hidden, activation="relu"):
        super().__init__()
        self.l1 = nn.Linear(n_input, n_hidden)
        self.l2 = nn.Linear(n_hidden, n_output)
        self.add_module(activation, nn.ReLU(inplace=True) if activation == "relu" else nn.Sigmoid())

    def forward(self, x):
        return self.l2(self.activate(self.l1(x)))

    def activate(self, x):
        return list(self.children())[-1](x)


class Net2(Net):
    def __init__(self, n_input, n_output, n_hidden, activation="relu"):
        nn.Module.__init__(self)
        self.l1 = nn.Linear(n_input, n_hidden)
        self.l2 = nn.Linear(n_hidden, n_hidden)
        self.l3 = nn.Linear(n_hidden, n_output)
        self.add_module(activation, nn.ReLU() if activation == "relu" else nn.Sigmoid())

    def forward(self, x):
        return self.l3(self.activate(self.l2(self.activate(self.l1(x)))))


def initialise(net, how):
    """`--init`: ones and zeros fill every parameter; xavier and kaiming draw weights uniformly and zero the biases."""
    for layer in net.children():
        if how == "default" or not isinstance(layer, nn.Linear):
            continue
        if how == "ones":
            nn.init.ones_(layer.weight)
        elif how == "zeros":
            nn.init.zeros_(layer.weight)
        elif how == "xavier":
            nn.init.xavier_uniform_(layer.weight)
        elif how == "kaiming":
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu")
        nn.init.constant_(layer.bias, 1.0 if how == "ones" else 0.0)
