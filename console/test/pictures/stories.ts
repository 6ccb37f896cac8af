/** What the pictures show: a small shop's day, once in each language. `v` is said by the customer, `a` by the agent. */
type Line = { v: string } | { a: string };
export interface Story {
  locale: 'zh-CN' | 'en';
  names: { web: string; line: string; account: string; owner: string };
  rules: Record<'welcome' | 'price' | 'shipping', string>;
  /** Texts of the house, by the area of the settings they stand in. */
  house: { reception: { fallback: string }; texts: { queued: string; noAgent: string } };
  shop: { title: string; text: string; button: string; menu: string[] };
  /** The visitor of the widget: what is asked of the rules, and what follows once a person is there. */
  web: { asks: string; talk: Line[]; draft: string };
  /** The person on the phone. */
  phone: { asks: string; talk: Line[] };
  /** Other customers, being served already. */
  served: Line[][];
  waiting: string[];
}

export const stories: Record<'zh' | 'en', Story> = {
  zh: {
    locale: 'zh-CN',
    names: {
      web: '官网',
      line: 'LINE 官方账号',
      account: '木作家居',
      owner: '客服小组',
    },
    rules: {
      welcome: '您好，欢迎光临木作家居！想了解价格、发货还是售后？',
      price: '原木台灯 299 元，小夜灯 159 元，都包邮。需要客服请发送“人工”。',
      shipping: '现货订单 24 小时内发出，多数城市两天送达。',
    },
    house: {
      reception: { fallback: '抱歉，我还不明白；发送“人工”可转接客服。' },
      texts: {
        queued: '正在为您转接客服，您排在第 {position} 位。',
        noAgent: '客服暂时忙碌，您排在第 {position} 位，请稍候。',
      },
    },
    shop: {
      title: '一盏灯，一段安静的时光',
      text: '榉木与亚麻，手工打磨。三档亮度，触摸调光。',
      button: '查看全部灯具',
      menu: ['灯具', '家具', '关于我们'],
    },
    web: {
      asks: '你好，这款原木台灯多少钱？',
      talk: [
        { a: '您好，图中这款有现货，有原木色和胡桃色可选。' },
        { v: '胡桃色今天能发货吗？' },
        { a: '可以，18:00 前下单当天发出。商品页：https://shop.example/lamp' },
        { v: '太好了，灯泡是可以更换的吗？' },
      ],
      draft: '可以的，E27 标准灯口，随灯附送一只暖光灯泡。',
    },
    phone: {
      asks: '小夜灯的价格是多少',
      talk: [
        { a: '您好，小夜灯现在有暖白和米黄两种颜色。' },
        { v: '米黄色，可以开发票吗？' },
        { a: '可以，下单时填写抬头，电子发票会发到邮箱。' },
        { v: '好的，谢谢！' },
      ],
    },
    served: [
      [{ v: '订单显示已发货，请问大概几天能到？' }, { a: '您好，预计后天送达，物流有更新会短信通知您。' }],
      [
        { v: '收到的灯罩有一点划痕，可以换吗？' },
        { a: '非常抱歉，可以免费换新，请发一张照片给我。' },
        { v: '好的，稍等我拍一下' },
      ],
      [{ v: '企业采购 30 盏有优惠吗？' }],
    ],
    waiting: ['想改一下收货地址', '付款后没有收到确认短信', '台灯可以调节亮度吗'],
  },
  en: {
    locale: 'en',
    names: {
      web: 'Website',
      line: 'LINE account',
      account: 'Oak & Linen',
      owner: 'Service desk',
    },
    rules: {
      welcome: 'Hello and welcome to Oak & Linen! Is it about prices, shipping or service?',
      price: 'The oak lamp is 49, the night light 25, shipping included. Send “人工” to reach a person.',
      shipping: 'Orders in stock leave within 24 hours and arrive in two days.',
    },
    house: {
      reception: { fallback: 'Sorry, I did not get that; send “人工” to reach a person.' },
      texts: {
        queued: 'Connecting you to a person. You are number {position} in the queue.',
        noAgent: 'Everybody is busy just now. You are number {position} in the queue.',
      },
    },
    shop: {
      title: 'A lamp for quiet evenings',
      text: 'Oak and linen, finished by hand. Three levels of light, one touch.',
      button: 'See all lamps',
      menu: ['Lamps', 'Furniture', 'About us'],
    },
    web: {
      asks: 'Hi! What is the price of this lamp?',
      talk: [
        { a: 'Hello! The one in your picture is in stock, in oak and in walnut.' },
        { v: 'Could the walnut one leave today?' },
        { a: 'Yes, if you order before 6 pm: https://shop.example/lamp' },
        { v: 'Great. Can the bulb be replaced?' },
      ],
      draft: 'It can: a standard E27 socket, and a warm bulb comes with it.',
    },
    phone: {
      asks: 'What is the price of the night light?',
      talk: [
        { a: 'Hello! The night light comes in warm white and in sand.' },
        { v: 'Sand, please. Do I get an invoice?' },
        { a: 'You do: it comes by email as soon as the parcel leaves.' },
        { v: 'Perfect, thank you!' },
      ],
    },
    served: [
      [
        { v: 'My order has left. When will it arrive?' },
        { a: 'The day after tomorrow; you get a text when it is near.' },
      ],
      [
        { v: 'The shade came with a scratch. Can I swap it?' },
        { a: 'So sorry! Of course: please send me a photo of it.' },
        { v: 'Sure, give me a minute' },
      ],
      [{ v: 'Is there a discount for thirty lamps?' }],
    ],
    waiting: ['I need to change my address', 'I paid, but got no confirmation', 'Can the lamp be dimmed?'],
  },
};
