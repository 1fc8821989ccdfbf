import { describe, expect, it } from "vitest";
import { parseEventXml } from "../../src/input/event-xml.ts";
import type { TextLogSummary } from "../../src/input/text-log.ts";
import type { EventView, FieldText } from "../../src/model/event.ts";

const system = (id = 4624): string =>
  `<System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID Qualifiers='0'>${id}</EventID>` +
  "<Level>4</Level><TimeCreated SystemTime='2026-03-02T08:00:00.1234567Z'/><EventRecordID>17</EventRecordID>" +
  "<Channel>Security</Channel><Computer>HOST-A</Computer></System>";
const event = (body: string, id?: number): string =>
  `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>${system(id)}${body}</Event>`;
const data = (inner: string): string => event(`<EventData>${inner}</EventData>`);

function read(text: string): { events: EventView[]; summary: TextLogSummary } {
  const events: EventView[] = [];
  const summary = parseEventXml(text, "export.xml", { onEvent: (one) => events.push(one) });
  return { events, summary };
}

function fields(one: EventView | undefined): [string, FieldText][] {
  const found: [string, FieldText][] = [];
  one?.forEachField((name, text) => found.push([name, text]));
  return found;
}

describe("Event XML", () => {
  it("gives System and data fields as an .evtx of the same event would", () => {
    const { events, summary } = read(data("<Data Name='TargetUserName'>user.one</Data>"));
    expect(summary).toMatchObject({ events: 1, lost: 0 });
    expect(events[0]).toMatchObject({
      channel: "Security",
      provider: "Microsoft-Windows-Security-Auditing",
      eventId: 4624,
      recordId: 17,
      computer: "HOST-A",
      time: "2026-03-02T08:00:00.1234567Z",
    });
    expect(events[0]?.get("TargetUserName")).toBe("user.one");
  });

  it("reads one Event, an Events root, and Events one after the other", () => {
    const one = data("<Data Name='A'>1</Data>");
    expect(read(one).summary.events).toBe(1);
    expect(read(`<?xml version="1.0"?>\n<Events>${one}\n${one}</Events>`).summary.events).toBe(2);
    expect(read(`${one}${one}\n${one}`).summary.events).toBe(3);
  });

  it("decodes the references of XML, by name and by number, and leaves numbers and blanks as text", () => {
    const { events } = read(
      data(
        "<Data Name='A'>&lt;a&gt; &amp;amp; &#65;&#x1F600;</Data><Data Name='B'> 007 </Data><Data Name='C'>0x1f</Data>",
      ),
    );
    expect(fields(events[0])).toEqual([
      ["A", "<a> &amp; A\u{1f600}"],
      ["B", " 007 "],
      ["C", "0x1f"],
    ]);
  });

  it("never expands an entity that the text itself declares, wherever it declares it", () => {
    const declared = '<!DOCTYPE x [<!ENTITY boom "boomboom">]>';
    const outside = read(declared + data("<Data Name='A'>&boom;</Data>"));
    expect(fields(outside.events[0])).toEqual([["A", "&boom;"]]);
    expect(outside.summary.issueCounts).toEqual({ "doctype-refused": 1 });
    const inside = read(
      data("<Data Name='A'>&boom;</Data>").replace("<System>", `${declared}<System>`),
    );
    for (const one of inside.events) expect(fields(one)).toEqual([["A", "&boom;"]]);
  });

  it("takes unnamed Data, UserData with namespaces, and repeated names", () => {
    expect(fields(read(data("<Data>one</Data><Data>two</Data>")).events[0])).toEqual([
      ["Data", "one"],
      ["Data", "two"],
    ]);
    const user = read(
      event(
        "<UserData><n:LogFileCleared xmlns:n='urn:x'><n:SubjectUserName>user.one</n:SubjectUserName></n:LogFileCleared></UserData>",
        1102,
      ),
    );
    expect(user.events[0]?.get("SubjectUserName")).toBe("user.one");
    const repeated = read(
      data("<Data Name='A'>1</Data><Data Name='A'>2</Data><Data Name='A'>3</Data>"),
    );
    expect(repeated.events[0]?.get("A")).toEqual(["1", "2", "3"]);
  });

  it("a collector's RenderingInfo is no data of the event: its Level does not hide the event's own", () => {
    const { events } = read(
      event(
        "<EventData><Data Name='A'>1</Data></EventData><RenderingInfo><Level>Information</Level><Message>text</Message></RenderingInfo>",
      ),
    );
    expect(events[0]?.get("Level")).toBe("4");
    expect(fields(events[0])).toEqual([["A", "1"]]);
  });

  it("a bad element costs itself only, and is named by its line", () => {
    const good = data("<Data Name='A'>1</Data>");
    const { summary } = read(
      [
        good,
        "<Event><System></Event>",
        good,
        "<Event><EventData/></Event>",
        `<Event>${system()}`,
        good,
      ].join("\n"),
    );
    expect(summary).toMatchObject({ events: 3, lost: 3 });
    expect(summary.issues.map(({ line }) => line)).toEqual([2, 4, 5]);
  });

  it("cut anywhere it neither throws nor counts an event twice", () => {
    const whole = `<Events>${data("<Data Name='A'>&amp;x</Data>")}${data("<Data>é</Data>")}</Events>`;
    for (let end = 0; end <= whole.length; end++) {
      const { events, lost } = read(whole.slice(0, end)).summary;
      expect(events + lost).toBeLessThanOrEqual(2);
    }
  });

  it("hundreds of thousands of tags that never close, and nesting without end, are only counted", () => {
    expect(read("<Event>".repeat(200_000)).summary).toMatchObject({ events: 0, lost: 200_000 });
    expect(read("<Event ".repeat(200_000)).summary).toMatchObject({ events: 0, lost: 200_000 });
    const deep = `${"<a>".repeat(50_000)}${"</a>".repeat(50_000)}`;
    expect(read(event(`<UserData>${deep}</UserData>`)).summary).toMatchObject({
      events: 0,
      lost: 1,
    });
  });

  it("a repeated name is read in time, thousands of times over", () => {
    const { events } = read(data("<Data Name='A'>1</Data>".repeat(5000)));
    expect(events[0]?.get("A")).toHaveLength(5000);
  });
});
