/** Phrases on hosts by their registry and logs, in Japanese; see ja-phrases.ts. */
export const JA_HOST_PHRASES: Readonly<Record<string, string>> = {
  "by its uptime ({0} at {1}) Windows had started at {2}, by its last record of a start before that ({3}) at {4}: the clock was set, or records of a start are missing":
    "稼働時間の記録（{0}、{1}）からはWindowsの起動は {2}、その前の最後の起動の記録（{3}）では {4}。時計が変更されたか、起動の記録が失われている",
  "another registry ({0}) is of a host of the same name that was installed at {1}: they are two hosts, or one that was installed anew":
    "別のレジストリ（{0}）は同名だが {1} にインストールされたホストのもの。2台の別のホストか、再インストールされた同じホスト",
  "the registry is of {0}, the logs beside it are of {1}":
    "レジストリは {0} のものだが、隣のログは {1} のもの",
  "by the registry it runs build {0}, by its last start ({1}) build {2}: one is older, or of another host":
    "レジストリではビルド {0}、最後の起動の記録（{1}）ではビルド {2}。どちらかが古いか、別のホストのもの",
  "by the registry its domain is {0}, by its events it is {1}":
    "レジストリではドメインは {0}、イベントでは {1}",
  "by the registry its time zone is {0}, by its last uptime (EventLog 6013) it is {1}":
    "レジストリではタイムゾーンは {0}、最後の稼働時間の記録（EventLog 6013）では {1}",
  "its log has a shutdown at {0} ({1}), after the last one of the registry at {2}: the registry is older than the log, or one of them was changed":
    "ログには {0} のシャットダウン（{1}）があり、レジストリの最後のシャットダウン {2} より後。レジストリがログより古いか、どちらかが改変されている",
  "by the registry it was last shut down at {0}, but System, which covers that time, has no record of it: records are missing, or the clock was set":
    "レジストリでは最後のシャットダウンは {0} だが、その時刻を含むシステムログに記録がない。記録が失われたか、時計が変更されている",
  "the audit policy has a form that is not known": "監査ポリシーの形式が未知",
  "{0}: was in use when it was copied: what its transaction logs hold is read with it (applied: {1})":
    "{0}: コピー時に使用中だったため、トランザクションログの内容を合わせて読んだ（適用: {1}）",
  "{0}: was in use when it was copied: the newest changes are missing, no transaction log at hand has them":
    "{0}: コピー時に使用中だった。最新の変更はなく、それを含むトランザクションログも手元にない",
};
