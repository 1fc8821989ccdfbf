/**
 * Why an input was not read, or not in full, in Japanese, by the English sentence; numbers stand as in
 * ja-sentences.ts.
 */
export const JA_INPUT_REASONS: Readonly<Record<string, string>> = {
  "the run was stopped before this was read": "読み取る前に実行が中断されました",
  "the file is empty": "ファイルが空です",
  "not an .evtx file: no ElfFile signature and no chunk":
    ".evtxファイルではありません（ElfFileの署名もチャンクもない）",
  "cut off after {n} bytes": "{n}バイトで切れています",
  "{n} of {n} chunks are cut off the end of the file":
    "ファイル末尾で{n2}個中{n1}個のチャンクが欠けています",
  "the file ends inside a chunk": "ファイルがチャンクの途中で終わっています",
  "{n} of {n} chunks are damaged": "{n2}個中{n1}個のチャンクが破損しています",
  "{n} records are lost": "{n}件のレコードが失われています",
  "{n} records could be read in part only": "{n}件のレコードは一部だけ読み取れました",
  "the file header is missing": "ファイルヘッダーがありません",
  "neither .evtx nor Event XML nor JSON lines":
    ".evtx、イベントXML、JSON Linesのいずれでもありません",
  "text logs above {n} bytes are not read: split it":
    "{n}バイトを超えるテキストログは読み取りません。分割してください",
  "none of {n} entries is a Windows event": "{n}件の項目のいずれもWindowsイベントではありません",
  "no Windows event in it": "Windowsイベントがありません",
  "{n} of {n} entries could not be read": "{n2}件中{n1}件の項目を読み取れませんでした",
  "its bytes could not be read from the image": "イメージからデータを読み取れませんでした",
  "some of it could not be read from the image": "イメージから一部を読み取れませんでした",
  "no log file (.evtx, .xml, .json, .jsonl), archive or disk image in this folder":
    "このフォルダーにはログファイル（.evtx、.xml、.json、.jsonl）、アーカイブ、ディスクイメージがありません",
};
