import type { EventContract } from '../contracts/contract.ts';
import { type CloudEvent, eventType } from './envelope.ts';

/** The types of event, its own first, that whoever consumes this contract is given: those of its earlier versions are put into its terms. */
export function readableTypes<Data>(contract: EventContract<Data>): string[] {
  return [eventType(contract), ...(contract.earlier ? readableTypes(contract.earlier.contract) : [])];
}

/** The data of an event of one of those types, as the contract has it. Throws a ZodError when it breaks that of its version. */
export function readData<Data>(
  contract: EventContract<Data>,
  event: Pick<CloudEvent, 'type' | 'data'>,
): Data {
  const { earlier } = contract;
  if (!earlier || event.type === eventType(contract)) return contract.schema.parse(event.data);
  return contract.schema.parse(earlier.upcast(readData(earlier.contract, event)));
}
