import {
  authorOfReview,
  type Product,
  products,
  type Review,
  reviewsOfProduct,
  reviewsOfUser,
  shippingEstimate,
  type User,
  users,
} from './data.ts';

export interface BenchQuery {
  name: string;
  text: string;
  /** What has to be in `data`, worked out from the data without any gateway. */
  expected: unknown;
}

const big = `
  fragment User on User { id username name }
  fragment Review on Review { id body }
  fragment Product on Product { inStock name price shippingEstimate upc weight }
  query TestQuery {
    users {
      ...User
      reviews {
        ...Review
        product {
          ...Product
          reviews {
            ...Review
            author { ...User reviews { ...Review product { ...Product } } }
          }
        }
      }
    }
    topProducts {
      ...Product
      reviews {
        ...Review
        author { ...User reviews { ...Review product { ...Product } } }
      }
    }
  }`;

const user = ({ id, username, name }: User) => ({ id, username, name });
const review = ({ id, body }: Review) => ({ id, body });
const product = (of: Product) => ({
  inStock: of.inStock,
  name: of.name,
  price: of.price,
  shippingEstimate: shippingEstimate(of),
  upc: of.upc,
  weight: of.weight,
});

const authored = () => ({
  ...user(authorOfReview),
  reviews: reviewsOfUser.map((of) => ({ ...review(of), product: product(of.product) })),
});
const reviewed = (of: Product) => ({
  ...product(of),
  reviews: reviewsOfProduct(of.upc).map((one) => ({ ...review(one), author: authored() })),
});

export const queries: Record<'big' | 'me' | 'wide', BenchQuery> = {
  big: {
    name: 'users -> reviews -> product -> reviews -> author -> reviews -> product, and topProducts',
    text: big,
    expected: {
      users: users.map((one) => ({
        ...user(one),
        reviews: reviewsOfUser.map((of) => ({ ...review(of), product: reviewed(of.product) })),
      })),
      topProducts: products.slice(0, 5).map(reviewed),
    },
  },
  me: {
    name: '{ me { id name } }',
    text: '{ me { id name } }',
    expected: { me: { id: '1', name: users[0]?.name } },
  },
  // Not measured: tells apart gateways that are fast from gateways that mix their entities up.
  wide: {
    name: 'every product and every user, aliased, with @skip',
    text: `query Wide($none: Boolean = true) {
      all: topProducts(first: 9) { code: upc inStock shippingEstimate weight @skip(if: $none) reviews { id } }
      users { __typename login: username name birthday }
    }`,
    expected: {
      all: products.map((of) => ({
        code: of.upc,
        inStock: of.inStock,
        shippingEstimate: shippingEstimate(of),
        reviews: reviewsOfProduct(of.upc).map(({ id }) => ({ id })),
      })),
      users: users.map(({ username, name, birthday }) => ({
        __typename: 'User',
        login: username,
        name,
        birthday,
      })),
    },
  },
};
