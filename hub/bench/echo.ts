/* The floor of bench latency: a bare WebSocket server that stores each message by one INSERT and then says it back. */
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { newId } from '../id.ts';
import { ownCpu, ownMemory } from './lib/cpu.ts';
import { given, helperReady } from './lib/helping.ts';

export interface EchoOptions {
  databaseUrl: string;
  port: number;
}

const { databaseUrl, port } = given<EchoOptions>();
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
pool.on('error', () => {});
await pool.query('create table bench_echo (id uuid primary key, text text not null, at timestamptz not null)');
const store = (text: string) =>
  pool.query({ name: 'echo', text: 'insert into bench_echo values ($1, $2, $3)', values: [newId(), text, new Date()] });
const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false });
await new Promise((resolve) => server.once('listening', resolve));
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    const text = String(data);
    void store(text).then(() => socket.send(text));
  });
});

helperReady(
  {
    cpu: ownCpu,
    memory: ownMemory,
    /** Stored, then said to everybody, as one would without a hub. */
    broadcast: async (text: string) => {
      await store(text);
      for (const socket of server.clients) socket.send(text);
    },
  },
  async () => {
    for (const socket of server.clients) socket.terminate();
    server.close();
    await pool.end();
  },
);
