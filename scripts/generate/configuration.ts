import { ConfigSchema } from '#platform/config.ts';
import { pageHead, pageTable } from './api-document.ts';

type Variable = {
  type?: string;
  enum?: string[];
  default?: string | number | boolean;
  minimum?: number;
  maximum?: number;
  format?: string;
  description?: string;
};

const variables = Object.entries(ConfigSchema.properties as Record<string, Variable>);

/** Every environment variable with its values, default and meaning. */
export function writeConfiguration(): string {
  return `${pageHead('Configuration', 'src/platform/config.ts')}
The server reads environment variables, and the file \`.env\` in the folder where it is started; what is set in the
environment wins. Nothing needs to be set to try it. All faults are told in one message at start, without the values.

${pageTable(
  ['Variable', 'Values', 'Default', 'Meaning'],
  variables.map(([name, variable]) => [
    `\`${name}\``,
    describeValues(variable),
    hasDefault(variable) ? `\`${variable.default}\`` : '',
    variable.description ?? '',
  ]),
)}`;
}

/** A file to copy to `.env`: each variable commented out, with its default. */
export function writeEnvExample(): string {
  const blocks = variables.map(([name, variable]) => {
    const meaning = `# ${variable.description?.replaceAll('`', '')} (${describeValues(variable).replaceAll('`', '')})`;
    return `${meaning}\n# ${name}=${variable.default ?? ''}\n`;
  });
  return `# Copy to .env and uncomment what you change. Written by npm run generate.\n\n${blocks.join('\n')}`;
}

function describeValues({ type, enum: words, minimum, maximum, format }: Variable): string {
  if (words) return words.map((word) => `\`${word}\``).join(', ');
  if (type === 'boolean') return '`true`, `false`';
  if (type === 'integer') return `${minimum} to ${maximum}`;
  return format === 'uri' ? 'URL' : 'text';
}

const hasDefault = (variable: Variable): boolean => variable.default !== undefined && variable.default !== '';
