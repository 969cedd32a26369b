import { printSchema, type Schema } from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';
import { type GraphQLSchema, parse } from 'graphql';
import { type Authorize, createAuthorize } from './authorization.ts';
import { createPriceOperation, type PriceOperation } from './cost.ts';
import { readCosts } from './cost-directives.ts';
import { readViewerIndependent, type ViewerIndependent } from './live/sharing.ts';
import type { RequirementIndex } from './supergraph.ts';

/** One version of the supergraph with all that is made from it; replaced as a whole. */
export interface LoadedSupergraph {
  /** What clients see; the very object that Apollo Server validates with. */
  schema: GraphQLSchema;
  apiSchema: Schema;
  supergraphSchema: GraphQLSchema;
  planner: QueryPlanner;
  requirements: RequirementIndex;
  authorize: Authorize;
  price: PriceOperation;
  viewerIndependent: ViewerIndependent;
}

export function loadSupergraph(
  schema: GraphQLSchema,
  planner: QueryPlanner,
  requirements: RequirementIndex,
): LoadedSupergraph {
  return {
    schema,
    apiSchema: planner.supergraph.apiSchema(),
    supergraphSchema: planner.supergraph.schema.toGraphQLJSSchema(),
    planner,
    requirements,
    authorize: createAuthorize(schema, requirements),
    price: createPriceOperation(schema, readCosts(parse(printSchema(planner.supergraph.schema)))),
    viewerIndependent: readViewerIndependent(planner.supergraph.schema),
  };
}
