"""The benchmark's training steps in plain PyTorch, one thread. See docs/benchmarks.md.

Arguments: vocabulary, width, feed-forward, layers, heads, batch, time, answer, reading, top.
Each line of input names a step (sft, cached or live) and a number of repeats; the answer is the
mean of CPU and wall time in milliseconds.
"""
import math
import sys
import time

import torch
import torch.nn.functional as F

(VOCABULARY, WIDTH, INNER, LAYERS, HEADS, BATCH, TIME, ANSWER, READING, TOP) = map(int, sys.argv[1:])
SIZE = WIDTH // HEADS

torch.set_num_threads(1)
torch.manual_seed(42)


class Norm(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def linear(inputs, outputs):
    layer = torch.nn.Linear(inputs, outputs, bias=False)
    torch.nn.init.normal_(layer.weight, std=0.02)
    return layer


def rotate(x, cos, sin):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat((-second, first), -1) * sin


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.before, self.after = Norm(), Norm()
        self.q, self.k, self.v, self.o = (linear(WIDTH, WIDTH) for _ in range(4))
        self.gate, self.up = linear(WIDTH, INNER), linear(WIDTH, INNER)
        self.down = linear(INNER, WIDTH)

    def forward(self, x, cos, sin, mask):
        b, t, _ = x.shape
        h = self.before(x)
        q, k, v = (f(h).view(b, t, HEADS, SIZE).transpose(1, 2) for f in (self.q, self.k, self.v))
        scores = rotate(q, cos, sin) @ rotate(k, cos, sin).transpose(2, 3) / math.sqrt(SIZE) + mask
        o = (torch.softmax(scores, -1) @ v).transpose(1, 2).reshape(b, t, WIDTH)
        x = x + self.o(o)
        h = self.after(x)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Decoder(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = torch.nn.Embedding(VOCABULARY, WIDTH)
        torch.nn.init.normal_(self.embedding.weight, std=0.02)
        self.blocks = torch.nn.ModuleList(Block() for _ in range(LAYERS))
        self.norm = Norm()

    def forward(self, ids):
        """Logits of the rows that predict the answer."""
        t = ids.shape[1]
        frequencies = 10000.0 ** (-torch.arange(0, SIZE, 2) / SIZE)
        angles = torch.outer(torch.arange(t).float(), frequencies).repeat(1, 2)
        mask = torch.full((t, t), -math.inf).triu(1)
        x = self.embedding(ids)
        for block in self.blocks:
            x = block(x, angles.cos(), angles.sin(), mask)
        rows = x[:, t - 1 - ANSWER : t - 1].reshape(-1, WIDTH)
        return F.linear(self.norm(rows), self.embedding.weight)


def top(logits):
    lp = torch.log_softmax(logits, -1)
    kept, ids = lp.topk(TOP)
    tail = lp.scatter(1, ids, -math.inf).logsumexp(1, True)
    return ids, torch.cat((kept, tail), 1)


def divergence(logits, target):
    ids, lq = target
    lp = torch.log_softmax(logits, -1)
    tail = lp.scatter(1, ids, -math.inf).logsumexp(1, True)
    kept = torch.cat((lp.gather(1, ids), tail), 1)
    return (kept.exp() * (kept - lq)).sum(1).mean()


model = Decoder()
matrices = [p for p in model.parameters() if p.dim() > 1]
vectors = [p for p in model.parameters() if p.dim() == 1]
optimizer = torch.optim.AdamW(
    [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}],
    lr=1e-5, betas=(0.9, 0.98), eps=1e-8, foreach=True)
batch = torch.randint(VOCABULARY, (BATCH, TIME))
reading = torch.randint(VOCABULARY, (BATCH, READING))
targets = torch.randint(VOCABULARY, (BATCH * ANSWER,))


def teacher():
    with torch.no_grad():
        return top(model(reading))


kept = teacher()


def step(kind):
    if kind == "sft":
        loss = F.cross_entropy(model(batch), targets)
    else:
        target = kept if kind == "cached" else teacher()
        loss = divergence(model(batch), target)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()


a, b = torch.randn(2048, 1024), torch.randn(1024, 1024)
a @ b
start = time.process_time()
for _ in range(10):
    a @ b
speed = 10 * 2 * 2048 * 1024 * 1024 / (time.process_time() - start) / 1e9
print(f"ready {torch.__version__}, matrix products at {speed:.0f} GFLOP/s", flush=True)

for line in sys.stdin:
    name, repeats = line.split()
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in range(int(repeats)):
        step(name)
    each = 1000 / int(repeats)
    print((time.process_time() - cpu) * each, (time.perf_counter() - wall) * each, flush=True)
