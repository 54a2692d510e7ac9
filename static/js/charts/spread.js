// Things that stand above each other, each as near to its place as those beside it allow.

/** `things` have `y`, where their middle wants to be, and `size`; the same with `middle`, where it may be. */
export function spread(things, [top, bottom]) {
  const sorted = [...things].sort((one, other) => one.y - other.y);
  const groups = [];
  for (const thing of sorted) {
    groups.push({ things: [thing], size: thing.size, start: inside(thing.y - thing.size / 2, thing.size) });
    while (groups.length > 1 && touches(groups[groups.length - 2], groups[groups.length - 1])) {
      const below = groups.pop();
      groups.push(joined(groups.pop(), below));
    }
  }
  return groups.flatMap(placed);

  /** A start that keeps something of this size between top and bottom. */
  function inside(start, size) {
    return Math.max(top, Math.min(start, bottom - size));
  }

  function joined(above, below) {
    const all = [...above.things, ...below.things];
    const size = above.size + below.size;
    let over = 0;
    const starts = all.map((thing) => {
      const start = thing.y - thing.size / 2 - over;
      over += thing.size;
      return start;
    });
    const wanted = starts.reduce((sum, start) => sum + start, 0) / all.length;
    return { things: all, size, start: inside(wanted, size) };
  }
}

const touches = (above, below) => above.start + above.size > below.start;

function placed(group) {
  let at = group.start;
  return group.things.map((thing) => {
    const middle = at + thing.size / 2;
    at += thing.size;
    return { ...thing, middle };
  });
}
