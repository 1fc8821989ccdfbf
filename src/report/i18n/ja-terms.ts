/** Single words that konseki's findings use for how and how far, in Japanese, by the English word. */
export const JA_TERMS: Readonly<Record<string, string>> = {
  service: "サービス",
  task: "タスク",
  "network logon": "ネットワークログオン",
  "explicit credentials": "別の資格情報",
};
