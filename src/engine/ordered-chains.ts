/**
 * `temporal_ordered`: hits of the rules in the order in which they are listed, first to last within the time
 * span. For each rule the latest start of a chain that has come so far is kept, so that one pass over the
 * hits is enough. A match uses its hits up.
 */

interface Member {
  readonly ruleId: string;
  readonly timeMs: number;
}

interface Link<M> {
  readonly member: M;
  readonly startMs: number;
  readonly before: Link<M> | undefined;
}

/** `members` in time order; equal times count as in order. */
export function chainInOrder<M extends Member>(
  rules: readonly string[],
  timespanMs: number,
  members: readonly M[],
): { readonly value: number; readonly members: readonly M[] }[] {
  const stages: (Link<M> | undefined)[] = rules.map(() => undefined);
  const chains: { value: number; members: M[] }[] = [];
  for (const member of members) {
    // From the last stage to the first, so that one hit fills one stage of a chain only.
    for (let stage = rules.length - 1; stage >= 0; stage--) {
      if (rules[stage] !== member.ruleId) continue;
      const before = stage === 0 ? undefined : stages[stage - 1];
      if (stage > 0 && before === undefined) continue;
      const startMs = before?.startMs ?? member.timeMs;
      if (member.timeMs - startMs > timespanMs) continue;
      const link: Link<M> = { member, startMs, before };
      if (stage < rules.length - 1) {
        stages[stage] = link;
        continue;
      }
      chains.push({ value: rules.length, members: membersOf(link) });
      stages.fill(undefined);
      break;
    }
  }
  return chains;
}

function membersOf<M>(last: Link<M>): M[] {
  const members: M[] = [];
  for (let link: Link<M> | undefined = last; link !== undefined; link = link.before)
    members.unshift(link.member);
  return members;
}
