# Install tree and Debian package. The data (drills, designs, cards) lies under share/rehearse,
# where the executables look for it relative to themselves.

if(EXISTS "${PROJECT_SOURCE_DIR}/designs")
  install(DIRECTORY designs DESTINATION ${CMAKE_INSTALL_DATADIR}/rehearse FILES_MATCHING PATTERN "*.lua")
endif()
install(DIRECTORY drills DESTINATION ${CMAKE_INSTALL_DATADIR}/rehearse
  FILES_MATCHING PATTERN "*.lua" PATTERN "judge" EXCLUDE)
if(EXISTS "${PROJECT_SOURCE_DIR}/content")
  install(DIRECTORY content DESTINATION ${CMAKE_INSTALL_DATADIR}/rehearse)
endif()
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME rehearse)
set(CPACK_PACKAGE_CONTACT "The Rehearse developers <maintainers@rehearse.invalid>")
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-inter, fonts-jetbrains-mono, libxgboost0")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
include(CPack)
