/** Set by the proxy, and by nobody else, when a session could not be renewed because the gateway did not answer. */
export const SESSION_STATE_HEADER = 'x-socialhub-session-state';
