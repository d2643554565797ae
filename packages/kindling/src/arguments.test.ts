import { resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as kindling from "./index.ts";

// Walks every function, class and method that the package exports, by its types: a new one is found unasked.

const { nn, ones, optim, Tensor, zeros } = kindling;

/** A parameter of something exported: an options object, a tensor, or anything else. */
interface Found {
  /** `sum`, `Linear`, `functional.relu`, `Tensor.sum`, `Module.zeroGrad`. */
  readonly name: string;
  readonly position: number;
  readonly kind: "options" | "tensor" | "other";
  /** What it may be besides. */
  readonly accepts: readonly string[];
  /** The parameters before it, to be filled in. */
  readonly before: readonly Shape[];
  /** The names of the options. */
  readonly options: readonly string[];
  /** The options that are a number, or a list of numbers. */
  readonly numbers: readonly string[];
  /** Whether the parameter itself is, and its name. */
  readonly isNumber: boolean;
  readonly parameter: string;
}

/** What a parameter takes, as far as a value has to be made for it. */
interface Shape {
  readonly type: string;
  readonly accepts: readonly string[];
  readonly options: readonly string[];
  readonly numbers: readonly string[];
  readonly isNumber: boolean;
}

const index = resolve(import.meta.dirname, "index.ts");
const configFile = resolve(import.meta.dirname, "../tsconfig.json");
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(configFile, ts.sys.readFile).config,
  ts.sys,
  resolve(import.meta.dirname, ".."),
);
const program = ts.createProgram([index], options);
const checker = program.getTypeChecker();

function partsOf(type: ts.Type): ts.Type[] {
  const plain = checker.getNonNullableType(type);
  return plain.isUnion() ? plain.types : [plain];
}

function kindOfPart(type: ts.Type): string {
  if (type.flags & ts.TypeFlags.NumberLike) return "number";
  if (type.flags & ts.TypeFlags.StringLike) return "string";
  if (type.flags & ts.TypeFlags.BooleanLike) return "boolean";
  if (checker.isArrayLikeType(type)) return "array";
  if (type.getCallSignatures().length > 0) return "function";
  const name = type.aliasSymbol?.name ?? type.symbol?.name ?? "";
  if (name === "Tensor" || name === "Parameter") return "tensor";
  const members = type.getProperties();
  const isWeak = members.length > 0 && members.every((member) => member.flags & ts.SymbolFlags.Optional);
  const iterates = members.some(
    (member) => member.name.startsWith("__@iterator") || member.name.startsWith("__@asyncIterator"),
  );
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection) && !iterates && (isWeak || /Options$/.test(name)))
    return "options";
  return name;
}

/** The types of a signature's parameters. Those of a derived method, `(...rest: [other: Tensor])`, are the tuple's. */
function typesOf({ parameters }: ts.Signature): readonly ts.Type[] {
  return parameters.flatMap((parameter) => {
    const type = checker.getTypeOfSymbol(parameter);
    return checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TupleTypeReference) : [type];
  });
}

function shapeOf(type: ts.Type): Shape {
  const parts = partsOf(type);
  const objects = parts.filter((part) => kindOfPart(part) === "options");
  return {
    type: checker.typeToString(type),
    accepts: [...new Set(parts.map(kindOfPart))],
    options: objects.flatMap((part) => part.getProperties().map((member) => member.name)),
    numbers: objects.flatMap((part) =>
      part
        .getProperties()
        .filter((member) => isNumeric(checker.getTypeOfSymbol(member)))
        .map((member) => member.name),
    ),
    isNumber: isNumeric(type),
  };
}

/** A number, or a list of numbers. */
function isNumeric(type: ts.Type): boolean {
  return partsOf(type).some((part) => {
    const element = checker.isArrayLikeType(part) ? checker.getIndexTypeOfType(part, ts.IndexKind.Number) : part;
    return element !== undefined && partsOf(element).some((one) => (one.flags & ts.TypeFlags.NumberLike) > 0);
  });
}

/** The names of a signature's parameters, in step with {@link typesOf}. */
function namesOf({ parameters }: ts.Signature): readonly string[] {
  return parameters.flatMap((parameter) => {
    const type = checker.getTypeOfSymbol(parameter);
    if (!checker.isTupleType(type)) return [parameter.name];
    const { labeledElementDeclarations: labels = [] } = (type as ts.TupleTypeReference).target;
    return labels.map((label) => (label?.name as ts.Identifier | undefined)?.text ?? "");
  });
}

/** The most arguments that each function, constructor and method takes. */
const most = new Map<string, number>();

function noteMost(name: string, signatures: readonly ts.Signature[]): void {
  for (const signature of signatures) {
    const last = signature.parameters.at(-1);
    const declaration = last?.valueDeclaration;
    const isRest = declaration !== undefined && ts.isParameter(declaration) && declaration.dotDotDotToken !== undefined;
    const takesAny = isRest && !checker.isTupleType(checker.getTypeOfSymbol(last as ts.Symbol));
    const count = takesAny ? Number.POSITIVE_INFINITY : typesOf(signature).length;
    most.set(name, Math.max(most.get(name) ?? 0, count));
  }
}

function parametersOf(name: string, signatures: readonly ts.Signature[]): Found[] {
  noteMost(name, signatures);
  const all = signatures.map((signature) => typesOf(signature).map(shapeOf));
  const names = signatures.map(namesOf);
  return all.flatMap((own, i) => {
    const shapes = own.map((shape, position): Shape => {
      const accepts = all.flatMap((overload) => overload[position]?.accepts ?? []);
      return { ...shape, accepts: [...new Set(accepts)] };
    });
    return shapes.map((shape, position): Found => {
      const { accepts, options: named, numbers, isNumber } = shape;
      const before = shapes.slice(0, position);
      const operand = accepts.includes("tensor") && accepts.every((kind) => kind === "tensor" || kind === "number");
      const kind = accepts.includes("options") ? "options" : operand ? "tensor" : "other";
      const parameter = names[i]?.[position] ?? "";
      return { name, position, kind, accepts, before, options: named, numbers, isNumber, parameter };
    });
  });
}

/** What is exported under `module`, namespaces among it. */
function walk(module: ts.Symbol, prefix: string, seen: Set<ts.Symbol>): Found[] {
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    if (seen.has(symbol)) return [];
    seen.add(symbol);
    const name = prefix + exported.name;
    if (symbol.flags & ts.SymbolFlags.ValueModule) return walk(symbol, `${name}.`, seen);
    if (!(symbol.flags & ts.SymbolFlags.Value)) return [];
    const type = checker.getTypeOfSymbol(symbol);
    const constructors = type.getConstructSignatures();
    const methods = constructors.length === 0 ? [] : membersOf(symbol, name, constructors[0] as ts.Signature);
    const isAbstract = symbol.valueDeclaration !== undefined && isAbstractClass(symbol.valueDeclaration);
    return [
      ...parametersOf(name, type.getCallSignatures()),
      ...(isAbstract ? [] : parametersOf(name, constructors)),
      ...methods,
    ];
  });
}

function isAbstractClass(declaration: ts.Declaration): boolean {
  return (
    ts.isClassDeclaration(declaration) && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract) > 0
  );
}

/** The methods of a class that it declares itself, and those of a tensor, which are made of functions. */
function membersOf(symbol: ts.Symbol, name: string, made: ts.Signature): Found[] {
  const instance = checker.getReturnTypeOfSignature(made);
  return instance.getProperties().flatMap((member) => {
    const isOwn = (declaration: ts.Declaration): boolean => {
      const { parent } = declaration;
      const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
      if (ts.getCombinedModifierFlags(declaration) & hidden) return false;
      // What a field holds, as a trainer's model, is not a method of the class, though it can be called.
      if (ts.isPropertyDeclaration(declaration) && declaration.type !== undefined) return false;
      if (symbol.name === "Tensor") return true;
      return (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)) && parent.name?.text === symbol.name;
    };
    // What a tensor changes in place by is of a mapped type, and has no declaration.
    const own = member.declarations?.some(isOwn) ?? symbol.name === "Tensor";
    if (!own || /^(?:__|#)/.test(member.name)) return [];
    return parametersOf(`${name}#${member.name}`, checker.getTypeOfSymbol(member).getCallSignatures());
  });
}

const root = checker.getSymbolAtLocation(program.getSourceFile(index) as ts.SourceFile) as ts.Symbol;
/** Overloads of one function share their parameters. */
const found = [
  ...new Map(walk(root, "", new Set()).map((one) => [`${one.kind} ${one.name} ${one.position}`, one])).values(),
];

/** Takes anything, as in PyTorch; or a tensor of TensorFlow.js; or is made by the library. */
const INTERNAL =
  /^(?:.*\.)?(?:Scope|ModelStatistics|TqdmKeyError|fromTfjs|Identity|Lambda|Generator|isTensor|formatMeter)(?:#.*)?$/;

type Callable = (...given: unknown[]) => unknown;

/** Calls what `name` says, as plain JavaScript would. */
function call(name: string, given: readonly unknown[]): unknown {
  const [owner = "", method] = name.split("#");
  const value = owner.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], {
    ...kindling,
    functional: nn.functional,
    init: nn.init,
  });
  if (method !== undefined) {
    const instance = instanceOf(owner, value) as Record<string, Callable>;
    return (instance[method] as Callable).apply(instance, [...given]);
  }
  const isClass = /^[A-Z]/.test(owner.split(".").at(-1) ?? "");
  return isClass ? Reflect.construct(value as new () => unknown, given) : (value as Callable)(...given);
}

function instanceOf(name: string, value: unknown): unknown {
  if (name === "Tensor") return ones([2, 2]);
  const made: Record<string, () => unknown> = {
    Accuracy: () => new kindling.Accuracy(),
    Sequential: () => new nn.Sequential(new nn.Linear(2, 2)),
    Compose: () => new kindling.Compose([new kindling.CenterCrop(2)]),
    CallableTransform: () => new kindling.ToTensor(),
    Module: () => new nn.Linear(2, 2),
    Optimizer: () => new optim.SGD(new nn.Linear(2, 2).parameters()),
    Trainer: trainer,
    DataLoader: () => new kindling.DataLoader([1, 2]),
    TqdmBar: () => new kindling.TqdmBar({ file: null }),
    LRScheduler: () => new optim.lrScheduler.StepLR(new optim.SGD(new nn.Linear(2, 2).parameters()), 1),
    VisionDataset: () =>
      new kindling.VisionDataset({
        root: "",
        train: true,
        data: zeros([1, 2, 2], { dtype: "uint8" }),
        targets: zeros([1], { dtype: "int64" }),
      }),
    WeightedRandomSampler: () => new kindling.WeightedRandomSampler([1, 2], 2),
    TensorDataset: () => new kindling.TensorDataset(ones([2])),
    Subset: () => new kindling.Subset([1, 2], [0]),
    ConcatDataset: () => new kindling.ConcatDataset([[1, 2]]),
    BatchSampler: () => new kindling.BatchSampler(new kindling.SequentialSampler([1, 2]), 1, false),
    ModelCheckpoint: () => new kindling.ModelCheckpoint({ write: () => {} }),
  };
  const make = made[name.split(".").at(-1) as string];
  if (make !== undefined) return make();
  // Required sizes come first; the rest needs nothing.
  for (const given of [[2, 2, 2], [2, 2], [2], []]) {
    try {
      return Reflect.construct(value as new () => unknown, given);
    } catch {
      // Fewer.
    }
  }
  throw new Error(`${name}: say in this test how it is made`);
}

function trainer(): kindling.Trainer {
  const model = new nn.Linear(2, 2);
  return new kindling.Trainer({ model, criterion: new nn.MSELoss(), optimizer: new optim.SGD(model.parameters()) });
}

/** A value that a parameter takes. */
function fill({ type, accepts }: Shape): unknown {
  if (/^(?:Tensor|Parameter)\b/.test(type) || accepts[0] === "tensor") return ones([2, 2]);
  if (/Params</.test(type) || /Iterable<Tensor>/.test(type)) return [...new nn.Linear(2, 2).parameters()];
  if (/Optimizer/.test(type)) return new optim.SGD(new nn.Linear(2, 2).parameters());
  if (/^Module|^Layer|Exportable|Model\b/.test(type)) return new nn.Linear(2, 2);
  if (/^Record|^Readonly<Record/.test(type)) return {};
  if (accepts.includes("number")) return 1;
  if (accepts.includes("array")) return [1];
  if (/Dataset|Sized/.test(type)) return [1, 2];
  if (accepts.includes("string")) return "mean";
  if (accepts.includes("boolean")) return true;
  if (accepts.includes("function")) return () => {};
  if (accepts.includes("options")) return undefined;
  if (/Uint8Array/.test(type)) return new Uint8Array(8);
  return undefined;
}

/** Calls, and gives what was thrown, or what the promise was rejected with; undefined where nothing was. */
async function thrownBy(name: string, given: readonly unknown[]): Promise<unknown> {
  try {
    const result = await call(name, given);
    // A generator checks when it is asked.
    if (result instanceof Object && "next" in result) (result as Iterator<unknown>).next();
    return undefined;
  } catch (error) {
    return error;
  }
}

const takers = found.filter(({ kind, name }) => kind === "options" && !INTERNAL.test(name));
const operands = found.filter(({ kind, name }) => kind === "tensor" && !INTERNAL.test(name));

describe("options", () => {
  test("are taken by this many functions and classes at least", () => {
    const names = new Set(takers.map(({ name }) => name));
    expect(names.size).toBeGreaterThan(100);
    for (const name of [
      "nn.Linear",
      "DataLoader",
      "optim.SGD",
      "Trainer",
      "zeros",
      "Tensor#sum",
      "nn.Module#zeroGrad",
    ]) {
      expect(names).toContain(name);
    }
  });

  const wrong = {
    number: 32,
    string: "32",
    array: [3, 2],
    tensor: new Tensor("wrong", [], "float32", kindling.cpu, ones([]).storage),
  };

  test.each(takers.map((taker) => [taker.name, taker] as const))(
    "of %s: nothing else in their place",
    async (name, taker) => {
      for (const [kind, value] of Object.entries(wrong)) {
        if ((kind === "string" || kind === "array") && taker.accepts.includes("Iterable")) continue;
        if (taker.accepts.includes(kind) || (kind === "number" && taker.accepts.includes("boolean"))) continue;
        const error = await thrownBy(name, [...taker.before.map(fill), value]);
        expect(error, `${name} with ${kind}`).toBeInstanceOf(Error);
        if (taker.accepts.length === 1)
          expect((error as Error).message).toMatch(/takes (?:its )?options as an object: got |Unknown argument/);
        else expect(error).not.toBeInstanceOf(TypeError);
      }
    },
  );
});

describe("every option of the types is known", () => {
  test.each(takers.map((taker) => [taker.name, taker] as const))("to %s", async (name, { before, options: names }) => {
    const error = await thrownBy(name, [...before.map(fill), { wat: 1 }]);
    const listed = /(?:Its options are:|tqdm takes) ([\w, ]+)\./.exec(String(error))?.[1]?.split(", ");
    // What lists none takes one, and says so.
    if (listed === undefined) return expect(String(error)).toMatch(/wat/);
    expect(listed).toEqual(expect.arrayContaining([...names]));
  });
});

describe("tensors", () => {
  test("are taken by this many functions and methods at least", () => {
    const names = new Set(operands.map(({ name }) => name));
    expect(names.size).toBeGreaterThan(120);
    for (const name of [
      "matmul",
      "sum",
      "Tensor#where",
      "Tensor#remainder_",
      "nn.functional.crossEntropy",
      "nn.Linear#forward",
    ]) {
      expect(names).toContain(name);
    }
  });

  test.each(operands.map((operand) => [`${operand.name}, ${operand.position}`, operand] as const))(
    "of %s: nothing else in their place",
    async (_, { name, position, accepts, before }) => {
      const values: unknown[] = [[1, 2, 3], "abc", { shape: [1] }];
      // Numbers are more than these say that they take.
      if (!accepts.includes("number") && !/^(?:Tensor#)?(?:maximum|minimum|max|min)$/.test(name)) values.push(3);
      for (const value of values) {
        const error = await thrownBy(name, [...before.map(fill), value]);
        expect(error, `${name} at ${position} with ${JSON.stringify(value)}`).toBeInstanceOf(kindling.KindlingError);
        expect((error as Error).message).toMatch(
          /must be Tensor, not |received an invalid combination of arguments - got |expected (?:torch\.)?Tensor/,
        );
      }
    },
  );
});

/** Hooks, which the trainer calls; constructors of what functions return; what takes the name of its caller or another package's parts; an array's `map`. */
const CALLED_BY_US =
  /(?:#on[A-Z]\w+|#makeParams|^LoaderIterator|^(?:.*\.)?(?:TfjsHandle|DownloadError|ConfusionTable|checkOperand|checkTensor|checkList|formatShape|loadTogether|maxPoolInto|notADevice|numel|outsideScopes|redirectPythonNames|refuseJson|resolveIndices|runningSums|sameShape|serialize|readIdx|History#map))$/;

describe("whatever stands in an argument's place", () => {
  const others = found.filter(({ kind, name }) => kind === "other" && !INTERNAL.test(name) && !CALLED_BY_US.test(name));
  const values = { object: { wat: 1 }, number: 3, string: "abc", module: new nn.Linear(2, 2), nothing: undefined };

  test("is tried with this many functions and classes at least", () => {
    const names = new Set(others.map(({ name }) => name));
    expect(names.size).toBeGreaterThan(150);
    for (const name of ["permute", "nn.ModuleList", "randomSplit", "transforms.Normalize", "safetensors.save"]) {
      expect(names).toContain(name);
    }
  });

  test.each(others.map((other) => [`${other.name}, ${other.position}`, other] as const))(
    "of %s: no error of the engine",
    async (_, { name, accepts, before }) => {
      for (const [kind, value] of Object.entries(values)) {
        if (accepts.includes(kind)) continue;
        const error = await thrownBy(name, [...before.map(fill), value]);
        // One that it throws says what to write; the engine's speaks of its insides.
        if (error instanceof TypeError) expect.fail(`${name} of ${kind}: ${error.stack}`);
      }
    },
  );
});

/** Made by the library, or by JavaScript; guards, which are given to `filter`; errors' classes; progress bars, which take what Python's take. */
const TAKES_ANYTHING =
  /(?:Error|Iterator|Iterable)(?:#.*)?$|^(?:.*\.)?(?:[Tt]qdm\w*|trange|format\w+)(?:#.*)?$|#to(?:JSON|String)$|^(?:Tensor(?:#(?:leafNode|check|content|fork|operand|hostElements))?|(?:nn\.)?is(?!GradEnabled)[A-Z]\w+|optim\.isOptimizer)$/;

describe("more arguments than there are parameters", () => {
  const callees = [...most].filter(
    ([name, count]) =>
      Number.isFinite(count) && !INTERNAL.test(name) && !CALLED_BY_US.test(name) && !TAKES_ANYTHING.test(name),
  );

  test("are given to this many functions, classes and methods at least", () => {
    const names = new Set(callees.map(([name]) => name));
    expect(names.size).toBeGreaterThan(560);
    for (const name of [
      "mul",
      "Tensor#mul_",
      "Tensor#relu",
      "nn.functional.leakyRelu",
      "nn.init.truncNormal_",
      "nn.Dropout",
      "nn.Linear#forward",
      "optim.lrScheduler.StepLR",
      "optim.SGD",
      "Trainer#fit",
    ]) {
      expect(names).toContain(name);
    }
  });

  test.each(callees)("%s refuses them", async (name, count) => {
    const error = await thrownBy(name, [...new Array<undefined>(count).fill(undefined), "surplus"]);
    expect(error, name).toBeInstanceOf(kindling.KindlingError);
    expect((error as Error).message).toMatch(
      /\(\) takes (?:from \d+ to )?\d+ positional arguments? but \d+ (?:was|were) given/,
    );
  });
});

describe("data that no dtype holds as it is", () => {
  const arrays = [
    new Uint16Array([300]),
    new Uint32Array([4e9]),
    new Uint8ClampedArray([3]),
    new BigUint64Array([1n]),
    new DataView(new ArrayBuffer(8)),
  ];

  test.each(arrays.map((array) => [array.constructor.name, array] as const))("%s is refused", (name, array) => {
    const [tensor, fromBuffer] = [kindling.tensor, kindling.fromBuffer] as unknown as [Callable, Callable];
    const rule =
      name === "DataView" ? /DataView|invalid for input/ : new RegExp(`can't convert an array of type ${name}`);
    expect(() => tensor(array)).toThrow(rule);
    expect(() => fromBuffer(array, [1])).toThrow(rule);
  });

  test("is converted where a dtype is named", () => {
    expect(kindling.tensor(new Uint16Array([300]) as never, { dtype: "int32" }).toListSync()).toEqual([300]);
    expect(kindling.tensor(new BigInt64Array([1n]), { dtype: "int32" }).toListSync()).toEqual([1]);
    expect(() => kindling.tensor(new BigUint64Array([1n]) as never, { dtype: "int32" })).toThrow(
      /BigInt64Array\.from\(data\)/,
    );
  });
});

describe("what is printed", () => {
  test("a scheduler and a generator", () => {
    const optimizer = new optim.SGD(new nn.Linear(2, 2).parameters(), { lr: 1 });
    expect(String(new optim.lrScheduler.StepLR(optimizer, 3))).toBe("StepLR(step_size=3, gamma=0.1, last_epoch=0)");
    expect(String(new kindling.Generator(7))).toBe("Generator(device='cpu', seed=7)");
  });
});

test("a switch of an optimizer or a scheduler is a boolean", () => {
  const RMSprop = optim.RMSprop as unknown as new (...given: unknown[]) => unknown;
  expect(() => new RMSprop(new nn.Linear(2, 2).parameters(), { centered: "yes" })).toThrow(
    /centered must be a bool: got "yes"/,
  );
});

/** Numbers that need not be whole, by their names; a name is not listed twice. */
const FRACTIONS = new Set(
  `a alpha atol b beta betas bounds center clipGradNorm clipValue dampening data degrees delay divergenceThreshold divisor eps exponent
  fill from gain gamma given initial labelSmoothing lr max maxNorm maxinterval mean min minDelta mininterval miniters momentum n@formatNum
  n@TqdmBar#update negativeSlope normType num other p param probability rtol smoothing sparsity std stoppingThreshold t threshold timeout to total
  unitDivisor unitScale upper value weight weightDecay x y start@arange end@arange step@arange start@linspace end@linspace correction`.split(
    /\s+/,
  ),
);

/** Numbers that are whole: sizes, positions, counts. */
const WHOLE = new Set(
  `along batchDim batchSize chunks colWidth decimals depth destination dilation dim dim0 dim1 dim2 dimension divisorOverride edgeitems embeddingDim
  end endDim epochs groups high ignoreIndex inChannels inFeatures index indices inputSize kernelSize k lastEpoch length lengths linewidth low m
  maxSize n ncols normalizedShape nrows numChannels numClasses numEmbeddings numFeatures numGroups numSamples numWorkers offset options order
  outChannels outFeatures outputPadding outputSize padding paddingIdx patience position precision prefetchFactor rest seed shape size sizes source start
  startDim step stepSize steps stop stride threads topK verbose`.split(/\s+/),
);

/** Lists that are data, and states, of which their reader checks each entry. */
const NO_NUMBERS = /^(?:bytes|dataSource|state)$/;

/** What reads files or terminals, takes any list of positions, or is called by the library only. */
const ELSEWHERE =
  /^(?:availab|device|tqdm|Tqdm|trange|ProgressBar|datasets\.|VisionDataset|RandomRotation#|formatNum|Tensor$|History#at|SubsetRandom|nn\.ConvTranspose2d#forward)/;

/** What stands before a number, where `fill` is not enough: a call with these and a whole number goes through. */
const BEFORE: Readonly<Record<string, () => readonly unknown[]>> = {
  "nn.functional.conv1d": () => [ones([1, 2, 8]), ones([2, 2, 2]), null],
  "nn.functional.conv2d": () => [ones([1, 2, 8, 8]), ones([2, 2, 2, 2]), null],
  "nn.functional.convTranspose2d": () => [ones([1, 2, 8, 8]), ones([2, 2, 3, 3]), null],
  "nn.functional.maxPool2d": () => [ones([1, 2, 8, 8]), 2],
  "nn.functional.avgPool2d": () => [ones([1, 2, 8, 8]), 2],
  "nn.functional.adaptiveAvgPool2d": () => [ones([1, 2, 8, 8])],
  "nn.functional.embedding": () => [labels(2), ones([4, 2])],
  embedding: () => [labels(2), ones([4, 2])],
  "nn.functional.crossEntropy": () => [ones([2, 2]), labels(2)],
  "nn.functional.nllLoss": () => [ones([2, 2]), labels(2)],
  "nn.init.dirac_": () => [ones([2, 2, 3])],
  "metrics.ConfusionMatrix": () => [2],
  "Trainer#fit": () => [new kindling.DataLoader(new kindling.TensorDataset(ones([2, 2]), ones([2, 2]))), undefined],
  "optim.lrScheduler.ExponentialLR": () => [started(), 0.5],
  "optim.lrScheduler.StepLR": () => [started(), 1],
  "nn.summary": () => [new nn.Linear(2, 2), null],
  randint: () => [0, 4],
  split: () => [ones([2, 2]), 1],
  "Tensor#split": () => [1],
  cat: () => [[ones([2, 2])]],
  stack: () => [[ones([2, 2])]],
  oneHot: () => [labels(2)],
  indexSelect: () => [ones([2, 2]), 1, labels(1)],
};

/** What stands behind a number, by the name of the function and its parameter. */
const BEHIND: Readonly<Record<string, () => readonly unknown[]>> = {
  "nn.ModuleList#insert index": () => [new nn.Linear(2, 2)],
  "indexSelect dim": () => [labels(1)],
  "gather dim": () => [zeros([2, 2], { dtype: "int32" })],
  "unflatten dim": () => [[1, 2]],
  "unfold dimension": () => [1, 1],
  "randint low": () => [4, [2]],
  "randint high": () => [[2]],
};

function labels(count: number): kindling.Tensor {
  return zeros([count], { dtype: "int32" });
}

/** An optimizer that a scheduler was made for. */
function started(): kindling.optim.SGD {
  const optimizer = new optim.SGD(new nn.Linear(2, 2).parameters());
  new optim.lrScheduler.StepLR(optimizer, 1);
  return optimizer;
}

interface WholeNumber {
  readonly name: string;
  /** The parameter or the option. */
  readonly key: string;
  readonly option: string | null;
  readonly before: readonly Shape[];
}

/** Every number that is exported, by its name. */
function numbersOf({ name, numbers, isNumber, parameter, before }: Found): [key: string, WholeNumber][] {
  const own: [string, WholeNumber][] = isNumber ? [[parameter, { name, key: parameter, option: null, before }]] : [];
  return [...own, ...numbers.map((option): [string, WholeNumber] => [option, { name, key: option, option, before }])];
}

const isListed = (list: ReadonlySet<string>, key: string, name: string): boolean =>
  list.has(`${key}@${name.replace(/^Tensor#(?=narrow|arange)/, "")}`);

const numbers = found.filter(({ name }) => !INTERNAL.test(name)).flatMap(numbersOf);
const wholes = numbers
  .filter(([key, { name }]) => WHOLE.has(key) && !isListed(FRACTIONS, key, name) && !ELSEWHERE.test(name))
  .map(([key, each]) => [`${each.name}, ${key}`, each] as const);

describe("whole numbers", () => {
  test("are told from others by their names", () => {
    const unknown = numbers
      .map(([key]) => key)
      .filter((key) => !FRACTIONS.has(key) && !WHOLE.has(key) && !NO_NUMBERS.test(key));
    expect([...new Set(unknown)], "new ones: list them above").toEqual([]);
    expect(wholes.length).toBeGreaterThan(150);
  });

  test.each(wholes)("of %s are no fractions", async (_, { name, key, option, before }) => {
    const given = (value: unknown): unknown[] => {
      const front = BEFORE[name]?.() ?? before.map(fill);
      const behind = BEHIND[`${name.replace("Tensor#", "")} ${key}`]?.() ?? [];
      return [...front.slice(0, before.length), ...(option === null ? [value, ...behind] : [{ [option]: value }])];
    };
    const [whole, fraction] = [await thrownBy(name, given(1)), await thrownBy(name, given(1.5))];
    expect(fraction, `${name} takes 1.5`).toBeInstanceOf(Error);
    expect((fraction as Error).name).not.toBe("TypeError");
    if (whole !== undefined) expect(String(whole), "no call that the walk can tell apart").not.toBe(String(fraction));
  });
});
