// SPDX-License-Identifier: GPL-3.0-or-later
//
// An incident played without a display: opened, asked, committed, graded.
#include "app/present/triage_session.hpp"

#include <catch2/catch.hpp>

#include "app/present/design_groups.hpp"
#include "tests/app/qt_home.hpp"

using namespace rehearse;
using present::TriageSession;
using rehearse::test::waitFor;

namespace {

const QString kIncident = QString(REHEARSE_SOURCE_DIR) + "/designs/incident-null-feature.lua";

struct Played {
  TriageSession session;
  int opened = 0, committed = 0, cancelled = 0;
  std::vector<triage::ProbeAnswer> answers;
  QString error;
  Played() {
    QObject::connect(&session, &TriageSession::opened, &session, [this] { ++opened; });
    QObject::connect(&session, &TriageSession::committed, &session, [this] { ++committed; });
    QObject::connect(&session, &TriageSession::cancelled, &session, [this] { ++cancelled; });
    QObject::connect(&session, &TriageSession::probed, &session,
                     [this](const triage::ProbeAnswer& answer) { answers.push_back(answer); });
    QObject::connect(&session, &TriageSession::failed, &session,
                     [this](const QString& message) { error = message; });
  }
  void open(quint64 seed) {
    const int before = opened;
    session.open(kIncident, seed);
    REQUIRE(waitFor([&] { return opened > before || !error.isEmpty(); }));
    REQUIRE(error.isEmpty());
  }
};

}  // namespace

TEST_CASE("triage session: a probe moves the clock once, and is marked as asked") {
  Played at;
  at.open(3);
  CHECK_FALSE(at.session.pager().isEmpty());
  CHECK_FALSE(at.session.dashboard().empty());
  const auto probes = at.session.probes();
  REQUIRE(probes.size() >= 3);
  CHECK_FALSE(probes[0].asked);
  CHECK(at.session.clockMinutes() == 0);
  at.session.probe(probes[0].name);
  REQUIRE(at.answers.size() == 1);
  CHECK_FALSE(at.answers[0].figures.empty());
  CHECK(at.session.clockMinutes() == probes[0].minutes);
  CHECK(at.session.probes()[0].asked);
  at.session.probe(probes[0].name);
  CHECK(at.session.clockMinutes() == probes[0].minutes);
  at.session.probe("no such probe");
  CHECK(at.error.contains("no such probe"));
}

TEST_CASE("triage session: nothing is committed before all three parts are there") {
  Played at;
  at.open(3);
  at.session.commit("", at.session.actions()[0].name, "Clicks are down 12%.");
  CHECK(at.error.contains("diagnosis"));
  at.session.commit(at.session.diagnoses()[0], at.session.actions()[0].name, "  \n");
  CHECK(at.error.contains("update"));
  CHECK_FALSE(at.session.running());
  CHECK(at.session.save("/nowhere/attempt.json").error().message.find("commit first") !=
        std::string::npos);
}

TEST_CASE(
    "triage session: a commitment is graded, and the debrief names the truth and every action") {
  Played at;
  at.open(3);
  at.session.commit(at.session.diagnoses()[0], at.session.actions()[0].name,
                    "Clicks are down 12%.");
  REQUIRE(waitFor([&] { return at.committed == 1 || !at.error.isEmpty(); }));
  REQUIRE(at.error.isEmpty());
  const triage::Debrief* debrief = at.session.debrief();
  REQUIRE(debrief);
  CHECK(debrief->actions.size() == static_cast<std::size_t>(at.session.actions().size()));
  CHECK_FALSE(debrief->true_diagnosis.empty());
  CHECK(at.session.document().blocks.size() > 4);
  CHECK(at.session.record()["points"].get<double>() == debrief->points);
  const test::Product product;
  const QString path = product.path("attempt.json");
  REQUIRE(at.session.save(path));
  CHECK(QFileInfo(path).size() > 500);
  // Once graded, nothing more is asked.
  at.session.probe(at.session.probes()[0].name);
  CHECK_FALSE(at.error.isEmpty());
}

TEST_CASE("triage session: the same draw is the same page; another attempt replaces the first") {
  Played first, second;
  first.open(5);
  second.open(5);
  CHECK(first.session.pager() == second.session.pager());
  first.session.open(kIncident, 6);
  first.session.open(kIncident, 7);  // while the other is being made
  REQUIRE(waitFor([&] { return first.session.isOpen() && !first.session.running(); }));
  CHECK(first.session.seed() == 7);
}

TEST_CASE("triage session: a file that is no incident is told") {
  Played at;
  at.session.open(QString(REHEARSE_SOURCE_DIR) + "/designs/click-calibration.lua", 1);
  REQUIRE(waitFor([&] { return !at.error.isEmpty(); }));
  CHECK(at.error.contains("incident"));
  CHECK_FALSE(at.session.isOpen());
}

TEST_CASE("design groups: incidents stand in a section of their own") {
  const test::Product product;
  QFile file(kIncident);
  REQUIRE(file.open(QIODevice::ReadOnly));
  test::writeFile(product.path("product/designs/incident-null-feature.lua"), file.readAll());
  const auto context = product.open();
  const auto groups = present::designGroups(*context);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0].title.contains("Incidents"));
  REQUIRE(groups[0].designs.size() == 1);
  CHECK(groups[0].designs[0].incident);
}
