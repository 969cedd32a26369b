import { printSchema, type Supergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, parse } from 'graphql';
import { type Authorize, createAuthorization, type FindRefused } from './admission/authorization.ts';
import { createPriceOperation, type PriceOperation } from './admission/cost.ts';
import { readCosts } from './admission/cost-directives.ts';
import { withDefer } from './documents/defer-directive.ts';
import { type ReservedKeys, readReservedKeys } from './planning/planned-keys.ts';
import type { Planning } from './planning/planning.ts';
import type { RequirementIndex } from './supergraph/supergraph.ts';
import { readViewerIndependent, type ViewerIndependent } from './supergraph/viewer-independent.ts';

/** One version of the supergraph with all that is made from it; replaced as a whole. */
export interface LoadedSupergraph {
  /** What clients see; the very object that Apollo Server validates with. */
  schema: GraphQLSchema;
  /** The same as operations are judged by and clients are told it: with `@defer`. */
  servedSchema: GraphQLSchema;
  supergraphSchema: GraphQLSchema;
  reservedKeys: ReservedKeys;
  planning: Planning;
  requirements: RequirementIndex;
  authorize: Authorize;
  findRefused: FindRefused;
  price: PriceOperation;
  viewerIndependent: ViewerIndependent;
}

export function loadSupergraph(
  schema: GraphQLSchema,
  supergraph: Supergraph,
  requirements: RequirementIndex,
  planning: Planning,
  /** See EngineOptions. */
  liveSpecification?: string,
): LoadedSupergraph {
  const document = parse(printSchema(supergraph.schema));
  return {
    schema,
    servedSchema: withDefer(schema),
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    reservedKeys: readReservedKeys(document),
    planning,
    requirements,
    ...createAuthorization(schema, requirements),
    price: createPriceOperation(schema, readCosts(document)),
    viewerIndependent: readViewerIndependent(supergraph.schema, liveSpecification),
  };
}
