import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** Layers of design §1: `extension → contracts ← connector`, services know ports only. */
const forbid = (files, patterns) => ({
  files,
  rules: { "no-restricted-imports": ["error", { patterns }] },
});

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/dist/",
      "**/build/",
      "**/.plasmo/",
      "**/*.d.mts",
      "test/fixtures/",
      "test/.cache/",
      "test/.output/",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    files: ["**/*.ts", "**/*.tsx"],
    plugins: { "import-x": importX },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "import-x/order": [
        "error",
        {
          groups: ["builtin", "external", "internal", "parent", "sibling"],
          "newlines-between": "always",
          alphabetize: { order: "asc" },
          pathGroups: [{ pattern: "@tandem/**", group: "internal" }],
          pathGroupsExcludedImportTypes: ["builtin"],
        },
      ],
      "import-x/no-cycle": "error",
      "no-console": "error",
    },
  },
  { files: ["**/*.js", "**/*.mjs", "**/*.cjs"], ...tseslint.configs.disableTypeChecked },
  { files: ["**/*.cjs"], rules: { "@typescript-eslint/no-require-imports": "off" } },
  forbid(
    ["contracts/**"],
    ["@tandem/connector*", "@tandem/extension*", "node:*", "**/connector/**", "**/extension/**"],
  ),
  forbid(["extension/**/*.{ts,tsx,cjs}"], ["@tandem/connector*", "**/connector/**", "node:*"]),
  forbid(["connector/**"], ["@tandem/extension*", "**/extension/**"]),
  forbid(
    ["connector/{people,ledger,jobs,audit,vault,store}/**"],
    ["**/terminals/zk-pull/**", "**/hr/frappe/**", "**/server/**", "**/cli/**"],
  ),
  forbid(
    ["test/doubles/**"],
    ["**/driver.ts", "**/connector/hr/**", "**/connector/server/**", "**/connector/ledger/**"],
  ),
  { files: ["test/**"], rules: { "no-console": "off", "@typescript-eslint/explicit-module-boundary-types": "off" } },
);
