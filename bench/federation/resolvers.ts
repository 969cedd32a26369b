import {
  authorOfReview,
  type Product,
  products,
  type Review,
  reviews,
  reviewsOfProduct,
  reviewsOfUser,
  shippingEstimate,
  type User,
  users,
} from './data.ts';

type UserKey = Pick<User, 'id'>;
type ProductKey = Pick<Product, 'upc'>;

const userById = ({ id }: UserKey) => users.find((user) => user.id === id) ?? null;
const productByUpc = ({ upc }: ProductKey) => products.find((product) => product.upc === upc) ?? null;

export const resolvers = {
  accounts: {
    Query: {
      me: () => users[0],
      user: (_: unknown, key: UserKey) => userById(key),
      users: () => users,
    },
    User: { __resolveReference: userById },
  },
  inventory: {
    Product: {
      // The representation brings price and weight where the estimate is asked for, and nothing else does.
      __resolveReference: (key: ProductKey) => key,
      inStock: (key: ProductKey) => productByUpc(key)?.inStock ?? null,
      shippingEstimate,
    },
  },
  products: {
    Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
    Product: { __resolveReference: productByUpc },
  },
  reviews: {
    Review: {
      __resolveReference: ({ id }: Pick<Review, 'id'>) => reviews.find((review) => review.id === id) ?? null,
      author: () => authorOfReview,
    },
    User: { __resolveReference: (key: UserKey) => key, reviews: () => reviewsOfUser },
    Product: {
      __resolveReference: (key: ProductKey) => key,
      reviews: ({ upc }: ProductKey) => reviewsOfProduct(upc),
    },
  },
};

export type SubgraphName = keyof typeof resolvers;
export const subgraphNames = Object.keys(resolvers) as SubgraphName[];
