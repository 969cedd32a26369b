import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';

// The generated types mask what fragments give; Apollo Client's follow them.
declare module '@apollo/client' {
  interface TypeOverrides extends GraphQLCodegenDataMasking.TypeOverrides {}
}
