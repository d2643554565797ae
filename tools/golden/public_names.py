"""The public names of a module of PyTorch, in Kindling's spelling: what an index may hold."""

import keep


def classes_of(module):
    return [name for name in public(module) if name[0].isupper()]


def functions_of(module):
    return [keep.camel_case(name) for name in public(module) if name[0].islower()]


def public(module):
    return sorted(name for name in dir(module) if not name.startswith("_") and callable(getattr(module, name)))
