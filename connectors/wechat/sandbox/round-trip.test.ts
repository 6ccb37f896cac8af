import { describe } from 'vitest';
import { roundTrip } from '../../contract/round-trip.ts';
import { wechat, wechatMini } from '../index.ts';
import { wechatOpen } from '../open/index.ts';
import { wechatSandbox } from '../sandbox.ts';

// By their own credentials they are gone through with the rest of the contract.
describe('an official account through a third-party platform', () =>
  roundTrip(wechat, wechatSandbox, wechatOpen, false));
describe('a mini-program through a third-party platform', () =>
  roundTrip(wechatMini, wechatSandbox, wechatOpen, false));
