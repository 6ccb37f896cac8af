import { StartProblem } from './problem.ts';
import { say } from './say.mjs';

/**
 * Turns the `error` event of an HTTP server that could not listen into a sentence with the way out.
 * An error of another kind comes back as it is.
 */
export function describeListenError(error: unknown, port: number, host = ''): unknown {
  const at = host ? `${host}:${port}` : String(port);
  switch ((error as NodeJS.ErrnoException)?.code) {
    case 'EADDRINUSE':
      return new StartProblem(
        say(
          `Port ${port} is already in use: stop the other program, or choose another port, for example PORT=${port + 1} npm start.`,
          `端口 ${port} 已被占用：请先停止占用它的程序，或换一个端口，例如 PORT=${port + 1} npm start。`,
        ),
      );
    case 'EACCES':
      return new StartProblem(
        say(
          `This account may not listen on port ${port}: choose a port from 1024 up (PORT=3000), and put a reverse proxy before it for 80 and 443.`,
          `当前用户无权监听端口 ${port}：请使用 1024 及以上的端口（PORT=3000），80 和 443 端口交给反向代理。`,
        ),
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartProblem(
        say(
          `This machine has no address to listen on at ${at}: set HOST to 127.0.0.1 (this machine only) or 0.0.0.0 (every interface).`,
          `本机没有可监听的地址 ${at}：请把 HOST 设为 127.0.0.1（仅本机）或 0.0.0.0（所有网卡）。`,
        ),
      );
    default:
      return error;
  }
}
