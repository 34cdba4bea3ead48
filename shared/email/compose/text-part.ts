import { portal } from '../../core/brand.ts';
import { type Content, help, safety, sender } from './content.ts';

/** The plain part. A link stands on a line of its own, so that nothing sticks to it. */
export const textPart = (content: Content): string =>
  `${[
    `${content.region.brand.name} ${portal}`,
    content.heading,
    content.greeting,
    ...content.opening,
    ...(content.button ? [`${content.button.label}:\n${content.button.to}`] : []),
    ...content.closing,
    ...content.notes.flatMap(({ question, answer, way }) => [
      answer ? `${question} ${answer}` : question,
      ...(way ? [`${way.label}:\n${way.to}`] : []),
    ]),
    `Need help? ${help(content.region)}`,
    safety(content.region),
    sender(content.region),
  ].join('\n\n')}\n`;
