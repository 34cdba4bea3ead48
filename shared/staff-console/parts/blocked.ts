import { html } from 'hono/html';
import type { Region } from '../../core/region.ts';
import { copy } from './copy.ts';
import type { Status } from './seen.ts';
import { shownTime } from './shown.ts';

/** Why a button would be refused, and from when on it works. */
export const blocked = (region: Region, { code, until }: NonNullable<Status['actionBlocked']>) =>
  html`${copy.blocked[code]}${until && html` ${copy.contact.buttonWorks} ${shownTime(region, until)}.`}`;
