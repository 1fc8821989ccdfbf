/** What could not be told of destinations that the analyst named, in Japanese. */
export const JA_KNOWN_DESTINATIONS: readonly (readonly [template: string, ja: string])[] = [
  [
    "These logs hold no connections and no lookups of names: whether {value} was used cannot be told.",
    "このログには接続も名前解決もないため、{value} が使われたかは分かりません。",
  ],
  [
    "No connection to and no lookup of {value} is in these logs.",
    "このログには {value} への接続も名前解決もありません。",
  ],
];

/** What was wrong with a row of the inventory, in Japanese: the place in the file, the problem, and the fix in brackets. */
export const JA_INVENTORY_PROBLEMS: readonly (readonly [template: string, ja: string])[] = [
  [
    '{place}: "{cidr}" is no network or address, so the row is left out (write it as 10.1.0.0/24, 10.1.0.20 or 2001:db8::/64)',
    "{place}: 「{cidr}」はネットワークでもアドレスでもないため、この行は使いません（10.1.0.0/24、10.1.0.20、2001:db8::/64 のように書いてください）",
  ],
  [
    "{place}: {cidr} overlaps {other} on line {line}, so this row is left out (make the networks so that each address lies in one segment)",
    "{place}: {cidr} は{line}行目の {other} と重なるため、この行は使いません（どのアドレスも一つのセグメントだけに入るようにしてください）",
  ],
  [
    '{place}: host "{host}" is on line {line} already, so this row is left out (keep one row a host)',
    "{place}: ホスト「{host}」は{line}行目に既にあるため、この行は使いません（ホストごとに1行だけ残してください）",
  ],
  [
    "{place}: this line is not UTF-8, so the row is left out (save the file as UTF-8 (in a spreadsheet: CSV UTF-8))",
    "{place}: この行はUTF-8ではないため使いません（ファイルをUTF-8で保存してください。表計算ソフトでは「CSV UTF-8」）",
  ],
  [
    "{place}: this line holds NUL bytes, so the row is left out (write the row anew as plain text)",
    "{place}: この行にNULバイトがあるため使いません（行を通常のテキストとして書き直してください）",
  ],
  [
    "{place}: this line is not UTF-16 as the others are, so the row is left out (save the file as UTF-8 (in a spreadsheet: CSV UTF-8))",
    "{place}: この行は他の行と違いUTF-16ではないため使いません（ファイルをUTF-8で保存してください。表計算ソフトでは「CSV UTF-8」）",
  ],
  [
    '{place}: role "{role}" is not known, so the row is left out (write one of {roles})',
    "{place}: 役割「{role}」は不明なため、この行は使いません（{roles} のいずれかを書いてください）",
  ],
  [
    '{place}: "{edr}" under edr is neither yes nor no, so the row is left out (write yes or no, or leave it empty)',
    "{place}: edr の「{edr}」は yes でも no でもないため、この行は使いません（yes か no を書くか、空にしてください）",
  ],
  [
    "{place}: neither a network nor a host, so the row is left out (fill in cidr (with segment), or host)",
    "{place}: ネットワークもホストもないため、この行は使いません（cidr と segment、または host を書いてください）",
  ],
  [
    '{place}: {cells} cells under {columns} columns, so the row is left out (put a cell that holds "{sign}" in double quotes)',
    "{place}: {columns}列に対してセルが{cells}個あるため、この行は使いません（「{sign}」を含むセルは二重引用符で囲んでください）",
  ],
  [
    "{place}: {cells} cells under {columns} columns, so the row is left out (put a cell that holds a tab in double quotes)",
    "{place}: {columns}列に対してセルが{cells}個あるため、この行は使いません（タブを含むセルは二重引用符で囲んでください）",
  ],
  [
    '{place}: column {column} "{name}" is not known and not used (columns are {columns})',
    "{place}: {column}列目の「{name}」は不明な列なので使いません（使える列: {columns}）",
  ],
  [
    "{place}: there is no row in it (write a header: {columns})",
    "{place}: 行がありません（見出し行を書いてください: {columns}）",
  ],
  [
    "{place}: only the first {rows} rows are used (split the inventory by case)",
    "{place}: 先頭の{rows}行だけを使います（台帳を案件ごとに分けてください）",
  ],
  [
    '{place}: "{name}" is no list of rows (write the lists segments: and hosts:, or one list of rows)',
    "{place}: 「{name}」は行のリストではありません（segments: と hosts: のリスト、または一つのリストを書いてください）",
  ],
  [
    "{place}: this is no row (write key: value pairs)",
    "{place}: 行として読めません（「キー: 値」の組で書いてください）",
  ],
  [
    "{place}: {error} (mend the YAML at this line; rows that could be read are used)",
    "{place}: {error}（この行のYAMLを直してください。読めた行は使います）",
  ],
];
