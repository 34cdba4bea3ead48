/**
 * The layers, lowest first: a folder imports only itself and what stands on a line above it; within
 * one line, not each other. This is the only place that holds the order.
 */
export const layers: readonly (readonly string[])[] = [
  ['shared/core'],
  ['shared/email'],
  ['shared/events'],
  ['shared/contact'],
  ['shared/account', 'shared/outbox', 'shared/staff', 'shared/webhook'],
  ['shared/invitation', 'shared/reset'],
  ['shared/diagnosis'],
  ['shared/pages', 'shared/api'],
  ['shared/client-list'],
  ['shared/staff-console'],
  ['shared/aws'],
  ['functions/http'],
  ['functions/middleware'],
  [
    'functions/pages',
    'functions/reset-requests',
    'functions/credentials',
    'functions/sessions',
    'functions/staff-authorizer',
    'functions/staff-read',
    'functions/staff-write',
    'functions/staff-console',
    'functions/outbox',
    'functions/email-events',
    'functions/sweep',
    'functions/canary',
    'functions/webhook',
  ],
  ['infra/stacks'],
  ['infra/local', 'infra/staff-cli'],
  ['infra/tools'],
  ['test'],
];
