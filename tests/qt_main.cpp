// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main of tests that need Qt: an application without a display, then Catch.
#define CATCH_CONFIG_RUNNER
#include <QApplication>
#include <catch2/catch.hpp>

int main(int argc, char** argv) {
  if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  QApplication app(argc, argv);
  QApplication::setApplicationName("rehearse-test");
  return Catch::Session().run(argc, argv);
}
