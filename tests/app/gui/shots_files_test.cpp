// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of a user's own file: what is asked of it, the answer, and one that cannot be read.
#include <QComboBox>

#include "app/gui/files_page.hpp"
#include "tests/app/gui/camera.hpp"

using namespace rehearse;
using rehearse::test::Camera;
using rehearse::test::waitFor;

namespace {

// Scores of two devices, one of which promises nearly twice what comes.
QByteArray scores() {
  QByteArray text = "time,device,label,score\n";
  for (int i = 0; i < 6000; ++i) {
    const double p = 0.01 + 0.00012 * ((i * 7919) % 1000);
    text += "2026-06-15," + QByteArray(i % 3 ? "web" : "ios") + "," +
            ((i * 104729) % 10007 < p * 10007 ? "1" : "0") + "," +
            QByteArray::number(p * (i % 3 ? 1.0 : 1.8), 'g', 6) + "\n";
  }
  return text;
}

void shootFiles(const test::Look& look) {
  Camera camera(look);
  const QTemporaryDir folder;
  test::writeFile(folder.filePath("scores.csv"), scores());
  test::writeFile(folder.filePath("torn.csv"), scores().left(5000) + "2026-06-15,web,maybe");
  camera.open("files");
  auto& files = camera.part<gui::FilesPage>();
  files.openFile(folder.filePath("torn.csv"));
  camera.shoot("files-bad-row");
  files.openFile(folder.filePath("scores.csv"));
  REQUIRE(waitFor([&files] { return files.session()->isOpen(); }));
  camera.shoot("files-question");
  const analysis::Analysis* calibration = analysis::find("calibration");
  REQUIRE(calibration);
  files.session()->ask(*calibration, files.session()->guesses(*calibration));
  REQUIRE(waitFor([&files] { return files.session()->answer() != nullptr; }));
  camera.shoot("files-answer");
}

}  // namespace

TEST_CASE("shots: of a user's own file", "[.shots]") {
  for (const test::Look& look : test::looks()) shootFiles(look);
}
