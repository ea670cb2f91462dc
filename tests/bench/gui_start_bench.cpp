// SPDX-License-Identifier: GPL-3.0-or-later
// rooms: app/gui app/plots engine/steps
//
// From exec to a window that was painted and answers, as a person waits for it: the program itself
// is started (off screen, or on an X server where QT_QPA_PLATFORM says so) and says when. The first
// start has a new home, the others one with its database. The peer is a Qt program that shows
// nothing but its help.
#include <QProcess>
#include <QTemporaryDir>

#include "tests/bench/bench.hpp"

namespace {

using namespace rehearse;

constexpr int kStarts = 7;

double start_ms(const QStringList& arguments) {
  QProcess process;
  process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  const double seconds = bench::seconds([&] {
    process.start(REHEARSE_BINARY_DIR "/bin/rehearse-desktop", arguments);
    process.waitForReadyRead(30000);
  });
  process.waitForFinished(30000);
  if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
    fmt::print("rehearse-desktop ended with {}\n", process.exitCode());
  return seconds * 1e3;
}

}  // namespace

int main() {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("REHEARSE_DATA", REHEARSE_SOURCE_DIR);
  const QTemporaryDir home;
  const QStringList usual = {"--until-painted", "--home", home.path()};
  bench::line("peer: the program's help", start_ms({"--help"}), "ms");
  bench::line("first start, a new home", start_ms(usual), "ms", bench::at_most(500));
  for (const char* page : {"today", "drills", "designs", "study", "drill:count-islands"}) {
    std::vector<double> times;
    for (int i = 0; i < kStarts; ++i)
      times.push_back(start_ms(usual + QStringList{"--page", page}));
    std::sort(times.begin(), times.end());
    bench::line(fmt::format("start on {}, median of {}", page, kStarts), times[kStarts / 2], "ms",
                bench::at_most(500));
  }
}
