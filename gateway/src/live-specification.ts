/** The specification whose directive a schema imports to say what is the same for everyone. */
export const liveSpecification = 'https://specs.socialhub.example/live';
