import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  {ignores: ['dist', 'node_modules', 'src/api/schema.gen.ts', 'eslint.config.js']},
  ...tseslint.configs.recommendedTypeChecked,
  jsxA11y.flatConfigs.recommended,
  reactHooks.configs.flat.recommended,
  {
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    linterOptions: {reportUnusedDisableDirectives: 'error'},
    rules: {
      'max-lines': ['error', 400],
      'no-restricted-properties': ['error',
        {object: 'window', property: 'localStorage', message: 'nothing personal in browser storage: use app/taste.ts'},
        {object: 'window', property: 'sessionStorage', message: 'nothing personal in browser storage'}],
      'no-restricted-globals': ['error', 'localStorage', 'sessionStorage', 'indexedDB'],
      'no-restricted-syntax': ['error',
        {selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: 'text only'}],
      '@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: {attributes: false}}],
      '@typescript-eslint/no-unused-vars': ['error', {argsIgnorePattern: '^_'}],
      'jsx-a11y/no-autofocus': 'off', // the first field of a form that somebody asked for
    },
  },
  {files: ['browser/**'], rules: {'no-restricted-properties': 'off'}}, // they look whether anything is there
)
