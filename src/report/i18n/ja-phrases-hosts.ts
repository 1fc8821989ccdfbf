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
  "it holds logs of {0} hosts: {1}: it was put together, or the host was renamed":
    "{0}台のホストのログを含む: {1}。寄せ集められたものか、ホスト名が変更された",
  "{0} is in {1} other sources too: {2}; records that are in several count once":
    "{0} は他の{1}件のソースにもある: {2}。複数にあるレコードは1回だけ数える",
  "{0} and {1} are two hosts of one short name": "{0} と {1} は短い名前が同じ2台のホスト",
  "{0} of {1} has the same record numbers here and in {2}, at other times: two hosts of one name, or a log that was begun anew":
    "{1} の {0} には {2} と同じレコード番号が別の時刻で記録されている。同名の2台のホストか、作り直されたログ",
  "the audit policy has a form that is not known": "監査ポリシーの形式が未知",
  "{0}: was in use when it was copied: what its transaction logs hold is read with it (applied: {1})":
    "{0}: コピー時に使用中だったため、トランザクションログの内容を合わせて読んだ（適用: {1}）",
  "{0}: was in use when it was copied: the newest changes are missing, no transaction log at hand has them":
    "{0}: コピー時に使用中だった。最新の変更はなく、それを含むトランザクションログも手元にない",
};
