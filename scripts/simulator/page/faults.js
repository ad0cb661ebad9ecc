import { el } from './dom.js';

const TIMES = [
  ['Tắt', 0],
  ['1 lần', 1],
  ['3 lần', 3],
  ['10 lần', 10],
  ['Mãi', true],
];
const ON_OFF = [
  ['Tắt', false],
  ['Bật', true],
];
const share = (...values) => [['Tắt', 0], ...values.map((value) => [`${value * 100} %`, value])];
const millis = (...values) => [['Tắt', 0], ...values.map(([label, value]) => [label, value])];

/** What can be switched, in the words of the page: name, label, explanation, choices. */
const GROUPS = [
  [
    'Zalo từ chối hoặc hỏng, tin chưa đến',
    ['rateLimit', 'Quá giới hạn (-32)', 'Trả -32 cho mọi lệnh gọi', TIMES],
    ['serverErrors', 'Lỗi 502', 'Cổng hỏng, chưa làm gì', TIMES],
    ['html', 'Trang HTML', 'HTTP 200 nhưng không phải JSON', TIMES],
    ['timeouts', 'Không trả lời', 'Chưa làm gì, treo kết nối', TIMES],
    ['nightForCs', 'Giờ đêm (-234)', 'Như tin quảng bá lúc 22 giờ', ON_OFF],
    [
      'refuseWith',
      'Từ chối mọi tin bằng mã',
      'Các mã có trong tài liệu',
      [
        ['Tắt', 0],
        ...[-200, -205, -209, -211, -217, -219, -221, -224, -227, -230, -232, -233, -248].map((code) => [
          String(code),
          code,
        ]),
      ],
    ],
  ],
  [
    'Tin đã đến nhưng ứng dụng không biết',
    ['errorsAfterAccepting', '502 sau khi nhận', 'Người dân đã thấy tin', TIMES],
    ['timeoutAfterAccepting', 'Im sau khi nhận', 'Người dân đã thấy tin', TIMES],
    ['resetAfterAccepting', 'Ngắt sau khi nhận', 'Người dân đã thấy tin', TIMES],
    ['tokenErrorsAfterAccepting', '502 khi đổi token', 'Refresh token đã bị dùng', TIMES],
    ['emptyTokenAnswers', 'Đổi token, trả rỗng', 'Khi refresh token không còn dùng được', TIMES],
  ],
  [
    'Webhook',
    ['duplicateDelivery', 'Gửi trùng', 'Phần sự kiện đến hai lần', share(0.2, 0.5, 1)],
    [
      'lateDeliveryMs',
      'Đến muộn',
      'Theo giờ giả lập',
      millis(['5 giây', 5000], ['10 phút', 600_000], ['2 giờ', 7_200_000]),
    ],
    ['reorderWindowMs', 'Đảo thứ tự', 'Vượt nhau trong khoảng', millis(['0,2 giây', 200], ['2 giây', 2000])],
    ['dropWebhooks', 'Làm mất', 'Không bao giờ đến', share(0.2, 0.5, 1)],
    [
      'signature',
      'Chữ ký',
      'Các cách viết đầu mục chữ ký',
      [
        ['mac=…', 'normal'],
        ['không mac=', 'bare'],
        ['mac = …', 'spaced'],
        ['chữ hoa', 'uppercase'],
        ['sai', 'wrong'],
      ],
    ],
  ],
  [
    'Kiểu trả lời',
    ['slowMs', 'Chậm', 'Mọi câu trả lời', millis(['0,5 giây', 500], ['3 giây', 3000])],
    ['errorsAsStrings', 'Mã là chữ', '"error":"0"', ON_OFF],
  ],
];

/** Draws every switch once; `onChange` gets a patch for the control API. */
export function drawFaults(root, onChange) {
  for (const [title, ...faults] of GROUPS) {
    root.append(
      el('h3', { className: 'fault-group' }, title),
      ...faults.map((fault) => drawFault(fault, onChange)),
    );
  }
}

function drawFault([name, label, explanation, choices], onChange) {
  const select = el(
    'select',
    {},
    ...choices.map(([text, value]) => el('option', { value: JSON.stringify(value) }, text)),
  );
  select.dataset.fault = name;
  select.addEventListener('change', () => onChange({ [name]: JSON.parse(select.value) }));
  return el('label', { className: 'fault' }, el('span', {}, label, el('small', {}, explanation)), select);
}

/** Shows what is on; a value without a choice of its own (half counted down) gets one. */
export function showFaults(root, faults) {
  for (const select of root.querySelectorAll('select')) {
    if (select === document.activeElement) continue;
    const value = JSON.stringify(faults[select.dataset.fault]);
    const known = [...select.options].some((option) => option.value === value);
    if (!known) select.append(el('option', { value }, `còn ${value}`));
    select.value = value;
    select.parentElement.classList.toggle('on', select.selectedIndex > 0);
  }
}
