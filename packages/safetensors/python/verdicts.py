"""For every line of standard input, bytes in hexadecimal, prints "ok" or the error of the real safetensors."""

import sys

from safetensors import SafetensorError, deserialize

for line in sys.stdin:
    try:
        deserialize(bytes.fromhex(line))
        print("ok")
    except SafetensorError as error:
        print(str(error).removeprefix("Error while deserializing: ").replace("\n", " "))
