import { accumulate, leafNode } from "../autograd/accumulate.ts";
import { readView, recordView } from "../ops/views.ts";
import { connectAutograd } from "../tensor/tensor.ts";
import "./methods.ts";
import "./text.ts";
// After the methods, whose names it spells as PyTorch does.
import "../tensor/tensor-names.ts";

// Tensors are below ops and autograd. Here they get both: every entry point of the package imports this module first.

connectAutograd({ leafNode, accumulate, readView, recordView });
