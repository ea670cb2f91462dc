// SPDX-License-Identifier: GPL-3.0-or-later
//
// The makers of each kind of detector, for make_detector alone; see detectors.hpp.
#pragma once

#include "engine/monitor/detectors.hpp"

namespace rehearse::monitor {

std::unique_ptr<Detector> make_page_hinkley(const PageHinkleyOptions& options);
std::unique_ptr<Detector> make_cusum(const CusumOptions& options);
std::unique_ptr<Detector> make_ewma(const EwmaOptions& options);
std::unique_ptr<Detector> make_ddm(const DdmOptions& options);
std::unique_ptr<Detector> make_adwin(const AdwinOptions& options);

}  // namespace rehearse::monitor
