/** What the analyzers of deletion say, in Japanese; see ja-sentences.ts. */
export const JA_DELETION: Readonly<Record<string, string>> = {
  "Cleared logs left a period dark": "ログの消去により記録のない期間が発生",
  "Windows itself recorded the clearing": "Windows自身が消去を記録しています",
  "the record names the logon session": "レコードにログオンセッションが記録されています",
  "no input tells from which session it was done":
    "どのセッションから行われたかを示す入力はありません",
  "the session is the account's last one, the record names none":
    "セッションはアカウントの直前のもので、レコードには記録されていません",
  "Records are missing from the middle of a log": "ログの途中のレコードの欠落",
  "Windows numbers the records of a log without gaps":
    "Windowsはログのレコードに欠番なく番号を付けます",
  "no damage and no unwritten part of the file lies where the numbers jump":
    "番号が飛ぶ箇所に破損や未書き込みの部分はありません",
  "other parts of the file are damaged": "ファイルの他の部分が破損しています",
  "Record ids repeat or go back": "レコード番号の重複または後退",
  "Windows numbers the records of a log upwards, and starts over nowhere but at a ring's seam":
    "Windowsはレコード番号を増やし続け、循環の継ぎ目以外で戻ることはありません",
  "A record was hidden inside another one": "他のレコードの中に隠されたレコード",
  "Windows ends a record within {n} bytes of its content":
    "Windowsはレコードを内容の末尾から{n}バイト以内で終えます",
  "the hidden bytes are a whole record": "隠されたバイト列は完全なレコードです",
  "the number of the hidden record was given to the next one":
    "隠されたレコードの番号は次のレコードに付け替えられています",
  "the file header has flags that Windows does not set":
    "ファイルヘッダーにWindowsが設定しないフラグがあります",
  "what the bytes were cannot be told": "元の内容は分かりません",
};
