// Lint for the app: strict types, no `any`, no ignored promises.
import tseslint from 'typescript-eslint';

export default tseslint.config({ ignores: ['web/dist', 'node_modules'] }, ...tseslint.configs.strict, {
  files: ['web/**/*.{ts,tsx}', 'tests/web/**/*.ts'],
  languageOptions: { parserOptions: { projectService: true } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-dynamic-delete': 'off',
    '@typescript-eslint/unified-signatures': 'off',
    eqeqeq: 'error',
    '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  },
});
