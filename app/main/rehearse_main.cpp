// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <exception>

#include "app/cli/verb.hpp"

int main(int argc, char** argv) {
  try {
    return rehearse::cli::run(argc, argv);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "rehearse: a fault of ours: %s\n", e.what());
    return rehearse::cli::kOurFault;
  }
}
