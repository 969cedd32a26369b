export interface User {
  id: string;
  name: string;
  username: string;
  birthday: number;
}

export interface Product {
  upc: string;
  name: string;
  price: number;
  weight: number;
  inStock: boolean;
}

export interface Review {
  id: string;
  body: string;
  product: Product;
}

// Counts, lengths and who points to whom are those of the well-known benchmark, so that the answer is as long and
// needs as many fetches; the words are not.

const names = ['Ada Larsen', 'Bo Okafor', 'Cleo Duarte', 'Dov Petrov', 'Esi Tanaka', 'Finn Moreau'];

export const users: readonly User[] = names.map((name, index) => ({
  id: String(index + 1),
  name,
  username: name.toLowerCase().replace(' ', '-'),
  birthday: 600_000_000 + index * 86_400,
}));

const stock: [name: string, price: number, weight: number, inStock: boolean][] = [
  ['Desk', 899, 100, true],
  ['Bench', 1299, 1000, false],
  ['Mug', 15, 20, false],
  ['Stool', 499, 100, false],
  ['Radio', 1299, 1000, true],
  ['Lantern', 6999, 300, true],
  ['Stove', 3999, 2000, true],
  ['Freezer', 100_000, 6000, false],
  ['Divan', 9999, 800, true],
];

export const products: readonly Product[] = stock.map(([name, price, weight, inStock], index) => ({
  upc: String(index + 1),
  name,
  price,
  weight,
  inStock,
}));

const praise =
  'It came on a rainy morning, was unpacked before the tea was cold, and has stood in the same corner ever since. ' +
  'The wood has a grain that catches the light of the afternoon; the feet are level, the joints are tight, and ' +
  'nothing about it creaks. Two children and one cat have done their best, and it shows none of it. The drawer ' +
  'slides as it did on the first day.';
const doubt =
  'The colour is not quite that of the picture, and the parcel had been opened once, but what was in it is sound. ' +
  'One has to like plain things to like this one. After three weeks of daily use I do, more than I had thought: it ' +
  'does what it should, it is easy to clean, and the price was fair. Half a star less for the instructions, which ' +
  'are for another model.';
const short =
  'A present for my sister, who wanted the large one and got the small one, and who would not give it back now for ' +
  'anything. Sturdy, quiet, done.';

const productOfReview = [1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 4];

export const reviews: readonly Review[] = productOfReview.map((upc, index) => ({
  id: String(index + 1),
  body: [praise, doubt, short][index % 3] ?? short,
  product: products[upc - 1] as Product,
}));

/** Every user has written the same two reviews, and the first user is the author of all of them. */
export const reviewsOfUser = reviews.slice(0, 2);
export const authorOfReview = users[0] as User;

export function reviewsOfProduct(upc: string): Review[] {
  return reviews.filter(({ product }) => product.upc === upc);
}

/** Needs what `@requires` brings: without price and weight there is no estimate. */
export function shippingEstimate(product: { price?: number | null; weight?: number | null }): number | null {
  if (product.price == null || product.weight == null) return null;
  return product.price > 1000 ? 0 : Math.trunc(product.weight / 2);
}
