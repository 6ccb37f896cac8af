import type { Way } from '../connector.ts';

/** How the chat comes to a page, a mini-program's web-view or an app (CH-11…13, CH-17, CH-28). */
export const ways: Way[] = [
  {
    kind: 'fields',
    label: { zh: '嵌入代码或聊天链接', en: 'Snippet or chat link' },
    text: {
      zh: '给网站加一个聊天按钮；也可在 App 和小程序中打开聊天链接。',
      en: 'Puts a chat button on your site; apps and mini-programs open the chat link.',
    },
    guide: [
      {
        zh: '起一个名称并接入，会立即得到嵌入代码和聊天链接。',
        en: 'Give it a name and connect it; you get a snippet and a chat link at once.',
      },
      {
        zh: '网站：把嵌入代码粘贴到每个页面的 </body> 之前，聊天按钮就会出现。',
        en: 'Website: paste the snippet before </body> of every page, and the chat button appears.',
      },
      {
        zh: 'App 或小程序：在 WebView（小程序为 web-view，须先在小程序后台配置业务域名）中打开聊天链接。',
        en: 'App or mini-program: open the chat link in a web view (for a mini-program, add our domain to its business domains first).',
      },
    ],
  },
];
