import { printSchema, type Schema } from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';
import { type GraphQLSchema, parse } from 'graphql';
import { type Authorize, createAuthorization, type FindRefused } from './authorization.ts';
import { createPriceOperation, type PriceOperation } from './cost.ts';
import { readCosts } from './cost-directives.ts';
import { type ReservedKeys, readReservedKeys } from './execution/planned-keys.ts';
import { type RequiredArguments, separateRequiredArguments } from './execution/required-arguments.ts';
import { readViewerIndependent, type ViewerIndependent } from './live/sharing.ts';
import type { RequirementIndex } from './supergraph.ts';

/** One version of the supergraph with all that is made from it; replaced as a whole. */
export interface LoadedSupergraph {
  /** What clients see; the very object that Apollo Server validates with. */
  schema: GraphQLSchema;
  apiSchema: Schema;
  supergraphSchema: GraphQLSchema;
  planner: QueryPlanner;
  reservedKeys: ReservedKeys;
  requiredArguments: RequiredArguments;
  requirements: RequirementIndex;
  authorize: Authorize;
  findRefused: FindRefused;
  price: PriceOperation;
  viewerIndependent: ViewerIndependent;
}

export function loadSupergraph(
  schema: GraphQLSchema,
  planner: QueryPlanner,
  requirements: RequirementIndex,
): LoadedSupergraph {
  const document = parse(printSchema(planner.supergraph.schema));
  return {
    schema,
    apiSchema: planner.supergraph.apiSchema(),
    supergraphSchema: planner.supergraph.schema.toGraphQLJSSchema(),
    planner,
    reservedKeys: readReservedKeys(document),
    requiredArguments: separateRequiredArguments(planner),
    requirements,
    ...createAuthorization(schema, requirements),
    price: createPriceOperation(schema, readCosts(document)),
    viewerIndependent: readViewerIndependent(planner.supergraph.schema),
  };
}
