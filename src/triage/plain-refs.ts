import type { Finding } from "../model/finding.ts";
import type { HostFacts, HostMoment } from "../model/host-facts.ts";
import type { Movement } from "../model/movement.ts";
import type { RecordRef } from "../model/record-ref.ts";
import { plainRef } from "./signal-columns.ts";

/** A report is plain data: makes what stood in columns so, each record once. */
export class PlainRefs {
  readonly #plain = new Map<RecordRef, RecordRef>();

  readonly of = (ref: RecordRef): RecordRef => {
    let plain = this.#plain.get(ref);
    if (plain === undefined) {
      plain = plainRef(ref);
      this.#plain.set(ref, plain);
    }
    return plain;
  };

  finding(finding: Finding): Finding {
    const { movements } = finding;
    return {
      ...finding,
      evidence: finding.evidence.map(this.of),
      ...(movements && { movements: movements.map((movement) => this.#movement(movement)) }),
    };
  }

  host(facts: HostFacts): HostFacts {
    const { lastBoot, loggedShutdown } = facts;
    return {
      ...facts,
      ...(lastBoot && { lastBoot: this.#moment(lastBoot) }),
      ...(loggedShutdown && { loggedShutdown: this.#moment(loggedShutdown) }),
    };
  }

  #movement(movement: Movement): Movement {
    const { evidence } = movement;
    return evidence === undefined
      ? movement
      : { ...movement, evidence: evidence.map((ref) => this.of(ref)) };
  }

  #moment(moment: HostMoment): HostMoment {
    return { ...moment, ref: this.of(moment.ref) };
  }
}
