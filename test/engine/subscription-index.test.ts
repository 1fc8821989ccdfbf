import { describe, expect, it } from "vitest";
import { SubscriptionIndex } from "../../src/engine/subscription-index.ts";
import type { Subscription } from "../../src/model/subscription.ts";

function index(subscriptions: Record<string, Omit<Subscription, "fields">>) {
  let built = 0;
  const made = new SubscriptionIndex(
    Object.entries(subscriptions).map(([value, subscription]) => ({
      subscription: { ...subscription, fields: [] },
      value,
    })),
    (fitting) => {
      built++;
      return fitting.map(({ value }) => value).join(" ");
    },
  );
  return { at: (channel: string, id: number) => made.at(channel, id), built: () => built };
}

describe("a subscription index", () => {
  const { at } = index({
    logon: { channels: ["Security"], eventIds: [4624, 4625] },
    security: { channels: ["security"] },
    cleared: { channels: ["Security", "System"], eventIds: [104, 1102] },
    everything: {},
    anywhere: { eventIds: [7] },
  });

  it("gives the subscribers of a place in their order, whatever the channel's case", () => {
    expect(at("SECURITY", 4624)).toBe("logon security everything");
    expect(at("Security", 1102)).toBe("security cleared everything");
    expect(at("Security", 1)).toBe("security everything");
    expect(at("System", 104)).toBe("cleared everything");
    expect(at("Other", 104)).toBe("everything");
    expect(at("Other", 7)).toBe("everything anywhere");
  });

  it("gives nothing where nobody wants anything", () => {
    expect(index({ a: { channels: ["A"], eventIds: [1] } }).at("B", 1)).toBeNull();
    expect(index({ a: { channels: ["A"], eventIds: [1] } }).at("A", 2)).toBeNull();
  });

  it("does not grow with the channels and event ids that logs make up", () => {
    const small = index({ a: { channels: ["A"] }, any: {} });
    for (let i = 0; i < 5000; i++) {
      expect(small.at(`made-up-${i}`, i)).toBe("any");
      expect(small.at("A", i)).toBe("a any");
    }
    expect(small.built()).toBe(2);
  });
});
