// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/present/paced_progress.hpp"

#include <QElapsedTimer>
#include <atomic>
#include <memory>

namespace rehearse::present {

Progress pacedProgress(QObject* receiver, std::stop_token stop, std::function<void(double)> tell) {
  constexpr qint64 kEveryMs = 50;
  auto clock = std::make_shared<QElapsedTimer>();
  clock->start();
  auto last = std::make_shared<std::atomic<qint64>>(-kEveryMs);
  return Progress(std::move(stop),
                  [receiver, clock, last, tell = std::move(tell)](double fraction) {
                    const qint64 now = clock->elapsed();
                    qint64 before = last->load();
                    if (now - before < kEveryMs || !last->compare_exchange_strong(before, now))
                      return;
                    QMetaObject::invokeMethod(
                        receiver, [tell, fraction] { tell(fraction); }, Qt::QueuedConnection);
                  });
}

}  // namespace rehearse::present
