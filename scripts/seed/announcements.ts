import { addDays, momentOf } from '../../src/calendar/local-time.ts';
import type { LocalDay } from '../../src/calendar/calendar.ts';
import type { AnnouncementSummary } from '../../src/residents/resident.ts';

/** A made-up announcement, published some days before today at a local time. */
interface Sample {
  readonly code: string;
  readonly title: string;
  readonly text: string;
  readonly daysAgo: number;
  readonly time: string;
}

const SAMPLES: readonly Sample[] = [
  {
    code: 'TB-MAU-01',
    title: 'Tạm ngừng cấp điện để sửa đường dây',
    text: 'Điện lực tạm ngừng cấp điện từ 08:00 đến 11:00 thứ Bảy tuần này để sửa đường dây. Bà con tắt các thiết bị điện trước giờ cắt.',
    daysAgo: 1,
    time: '09:00',
  },
  {
    code: 'TB-MAU-02',
    title: 'Tiêm phòng cho trẻ dưới 5 tuổi',
    text: 'Trạm y tế tổ chức tiêm phòng từ 07:30 đến 10:30 ngày 25 hằng tháng. Khi đi, gia đình mang theo sổ tiêm chủng của cháu.',
    daysAgo: 4,
    time: '14:30',
  },
  {
    code: 'TB-MAU-03',
    title: 'Cảnh giác cuộc gọi giả danh cán bộ',
    text: 'Cán bộ không gọi điện yêu cầu bà con cài ứng dụng, đọc mã OTP hay chuyển tiền. Gặp cuộc gọi như vậy, hãy cúp máy và báo Công an.',
    daysAgo: 9,
    time: '08:15',
  },
];

/** The made-up announcements as the archive would hold them on `today`; all for the whole commune. */
export function sampleAnnouncements(today: LocalDay): readonly AnnouncementSummary[] {
  return SAMPLES.map(({ code, title, text, daysAgo, time }) => ({
    code,
    title,
    text,
    publishedAt: momentOf(addDays(today, -daysAgo), time),
    villageIds: [],
  }));
}
